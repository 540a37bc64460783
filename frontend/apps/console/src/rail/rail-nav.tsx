import { Link } from "wouter";
import { preloadChat } from "../chat/load-chat";
import { useWaitingRuns } from "../lists/use-waiting-runs";
import type { Addressed } from "../routing/address";
import { hrefOf } from "../routing/address";
import { SCREEN_ICONS } from "../routing/screen-icons";
import { hrefOfScreen, type Screen, screensOf } from "../routing/screens";
import { useServerInfo } from "../session/server-context";

export interface RailNavProps {
  readonly address: Addressed;
}

/** The screens; how many questions wait stands beside the approvals. */
export function RailNav({ address }: RailNavProps) {
  const screens = screensOf(useServerInfo());
  const waiting = useWaitingRuns().data?.length ?? 0;
  const hrefTo = (screen: Screen) =>
    screen === "chat" ? hrefOf({ thread: address.threadId }) : hrefOfScreen(screen);
  return (
    <ul className="px-2">
      {screens.map(({ screen, title }) => {
        const Icon = SCREEN_ICONS[screen];
        const isCurrent = address.screen === screen;
        return (
          <li key={screen}>
            <Link
              href={hrefTo(screen)}
              aria-current={isCurrent ? "page" : undefined}
              onMouseEnter={screen === "chat" ? preloadChat : undefined}
              className={`flex h-8 items-center gap-2.5 rounded-md px-2 text-[13px] max-lg:h-11 ${isCurrent ? "bg-sunken font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink"}`}
            >
              <Icon aria-hidden size={15} className="shrink-0" />
              {title}
              {screen === "approvals" && waiting > 0 && (
                <span
                  data-testid="approvals-count"
                  className="ms-auto min-w-5 rounded-full bg-wait-soft px-1.5 text-center text-[11px] leading-5 font-semibold text-wait tabular-nums"
                >
                  {waiting}
                  <span className="sr-only"> waiting for you</span>
                </span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

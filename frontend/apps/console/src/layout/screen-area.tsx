import { lazy, Suspense, useEffect, useRef } from "react";
import { hrefOfScreen, type Place } from "../routing/screens";
import { useServerInfo } from "../session/server-context";
import { ErrorBoundary } from "./error-boundary";
import { NoAccounts } from "./no-accounts";
import { NotHere } from "./not-here";
import { ScreenLoading } from "./screen-loading";

export interface ScreenAreaProps {
  readonly place: Place;
}

const Accounts = lazy(() =>
  import("../accounts/accounts-screen").then((m) => ({ default: m.AccountsScreen })),
);
const Account = lazy(() =>
  import("../accounts/account-screen").then((m) => ({ default: m.AccountScreen })),
);
const Threads = lazy(() =>
  import("../threads/threads-screen").then((m) => ({ default: m.ThreadsScreen })),
);
const Runs = lazy(() => import("../runs/runs-screen").then((m) => ({ default: m.RunsScreen })));
const Compare = lazy(() =>
  import("../runs/compare-screen").then((m) => ({ default: m.CompareScreen })),
);
const Approvals = lazy(() =>
  import("../approvals/approvals-screen").then((m) => ({ default: m.ApprovalsScreen })),
);
const Usage = lazy(() => import("../usage/usage-screen").then((m) => ({ default: m.UsageScreen })));
const Settings = lazy(() =>
  import("../settings/settings-screen").then((m) => ({ default: m.SettingsScreen })),
);

/** Every screen but the chat; each is loaded when it is opened. */
export function ScreenArea({ place }: ScreenAreaProps) {
  const { hasAccounts } = useServerInfo();
  const main = useRef<HTMLElement>(null);
  const key = place.screen === undefined ? "none" : hrefOfScreen(place.screen, place.detail);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is the reason to go to its beginning.
  useEffect(() => main.current?.focus({ preventScroll: true }), [key]);
  return (
    <main
      ref={main}
      id="main"
      tabIndex={-1}
      data-screen={place.screen}
      className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface lg:col-span-2"
    >
      <ErrorBoundary key={key}>
        <Suspense fallback={<ScreenLoading />}>
          {place.screen === "accounts" && !hasAccounts ? <NoAccounts /> : screenOf(place)}
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

function screenOf({ screen, detail }: Place) {
  switch (screen) {
    case "threads":
      return detail === undefined ? <Threads /> : <NotHere />;
    case "accounts":
      return detail === undefined ? <Accounts /> : <Account number={detail} />;
    case "runs":
      if (detail === undefined) return <Runs />;
      return detail === "compare" ? <Compare /> : <NotHere />;
    case "approvals":
      return detail === undefined ? <Approvals /> : <NotHere />;
    case "usage":
      return detail === undefined ? <Usage /> : <NotHere />;
    case "settings":
      return detail === undefined ? <Settings /> : <NotHere />;
    default:
      return <NotHere />;
  }
}

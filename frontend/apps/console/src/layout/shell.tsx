import { useLiveRuns } from "@sergas/react";
import { useEffect, useRef } from "react";
import { useBrief } from "../brief/use-brief";
import { ChatScreen } from "../chat/chat-screen";
import { preloadChat } from "../chat/load-chat";
import { useFreshQueries } from "../lists/use-fresh-queries";
import { Commands } from "../palette/commands";
import { Rail } from "../rail/rail";
import type { Addressed } from "../routing/address";
import { SignIn } from "../session/sign-in";
import type { Session } from "../session/use-token";
import { BottomTabs } from "./bottom-tabs";
import { PageTitle } from "./page-title";
import { ScreenArea } from "./screen-area";
import { TopBar } from "./top-bar";
import { useIsNarrow } from "./use-is-narrow";

export interface ShellProps {
  readonly address: Addressed;
  readonly session: Session;
}

/** Rail, screen, and on the chat the live run: side by side where there is room, else one at a time. */
export function Shell({ address, session }: ShellProps) {
  const { view, screen, go } = address;
  const isNarrow = useIsNarrow();
  const onSignOut = session.token === undefined ? undefined : session.signOut;
  const hasBrief = useBrief() !== undefined;
  const { state } = useLiveRuns();
  useFreshQueries();
  useEffect(() => {
    const idle = window.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 1500));
    idle(() => preloadChat());
  }, []);
  const isChat = screen === "chat";
  const wasChat = useRef(isChat);
  wasChat.current ||= isChat;
  if (state.isUnauthorized)
    return <SignIn isRefused={session.token !== undefined} onSignIn={session.signIn} />;
  return (
    <div className="relative flex h-dvh flex-col overflow-clip lg-grid">
      <PageTitle place={address} />
      <a href="#main" className="skip-link">
        Skip to the content
      </a>
      {isNarrow && <TopBar showsRun={!isChat || view !== "run"} />}
      {(!isNarrow || (isChat && view === "more")) && (
        <Rail address={address} onSignOut={onSignOut} />
      )}
      {wasChat.current && <ChatScreen address={address} isNarrow={isNarrow} isShown={isChat} />}
      {!isChat && <ScreenArea place={address} />}
      {isNarrow && (
        <BottomTabs
          view={isChat ? view : undefined}
          hasBrief={hasBrief}
          onView={(next) => go({ view: next })}
        />
      )}
      <Commands address={address} />
    </div>
  );
}

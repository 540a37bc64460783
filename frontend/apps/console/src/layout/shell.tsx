import { RealTimeAgentDashboard, useEnhancedAgent } from "@sergas/react";
import { BriefArea } from "../brief/brief-area";
import { useBrief } from "../brief/use-brief";
import { Conversation } from "../chat/conversation";
import { NoConversation } from "../chat/no-conversation";
import { useIsMissing } from "../chat/use-is-missing";
import { Rail } from "../rail/rail";
import type { Addressed } from "../routing/address";
import { SignIn } from "../session/sign-in";
import type { Session } from "../session/use-token";
import { BottomTabs } from "./bottom-tabs";
import { EarlierRunNote } from "./earlier-run-note";
import { MainTabs } from "./main-tabs";
import { PageTitle } from "./page-title";
import { TopBar } from "./top-bar";
import { useIsNarrow } from "./use-is-narrow";

export interface ShellProps {
  readonly address: Addressed;
  readonly session: Session;
}

/** Rail, conversation or brief, live run: side by side where there is room, else one at a time. */
export function Shell({ address, session }: ShellProps) {
  const { view, threadId, go } = address;
  const isNarrow = useIsNarrow();
  const onSignOut = session.token === undefined ? undefined : session.signOut;
  const brief = useBrief();
  const isMissing = useIsMissing(threadId);
  const { state } = useEnhancedAgent();
  if (state.isUnauthorized)
    return <SignIn isRefused={session.token !== undefined} onSignIn={session.signIn} />;
  const isBrief = view === "brief";
  const isChat = view === "chat" || (!isNarrow && !isBrief);
  return (
    <div className="relative flex h-dvh flex-col overflow-clip lg-grid">
      <PageTitle />
      <a href="#main" className="skip-link">
        Skip to the conversation
      </a>
      {isNarrow && <TopBar showsRun={view !== "run"} />}
      {(!isNarrow || view === "more") && <Rail address={address} onSignOut={onSignOut} />}
      <main
        id="main"
        tabIndex={-1}
        className={`min-h-0 min-w-0 flex-1 flex-col bg-surface ${isChat || isBrief ? "flex" : "hidden"}`}
      >
        <h1 className="sr-only">Sergas console</h1>
        {!isNarrow && (
          <MainTabs
            view={isBrief ? "brief" : "chat"}
            brief={brief}
            onView={(next) => go({ view: next })}
          />
        )}
        <div className={isChat ? "min-h-0 flex-1" : "hidden"}>
          {isMissing ? (
            <NoConversation threadId={threadId} onNew={address.startNew} />
          ) : (
            <Conversation threadId={threadId} />
          )}
        </div>
        {isBrief && <BriefArea brief={brief} />}
      </main>
      {(!isNarrow || view === "run") && (
        <aside className="min-h-0 min-w-0 flex-1 overflow-y-auto border-line bg-canvas lg:border-l">
          <EarlierRunNote runId={address.runId} onNewest={() => go({ run: undefined })} />
          <RealTimeAgentDashboard
            hasQuestions={false}
            onRetried={(_, thread) => go({ thread, run: undefined })}
          />
        </aside>
      )}
      {isNarrow && (
        <BottomTabs
          view={view}
          hasBrief={brief !== undefined}
          onView={(next) => go({ view: next })}
        />
      )}
    </div>
  );
}

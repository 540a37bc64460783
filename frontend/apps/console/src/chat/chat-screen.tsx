import { RealTimeAgentDashboard } from "@sergas/react";
import { Suspense } from "react";
import { BriefArea } from "../brief/brief-area";
import { useBrief } from "../brief/use-brief";
import { ConversationBar } from "../layout/conversation-bar";
import { EarlierRunNote } from "../layout/earlier-run-note";
import { ErrorBoundary } from "../layout/error-boundary";
import { MainTabs } from "../layout/main-tabs";
import { NoAccounts } from "../layout/no-accounts";
import type { Addressed } from "../routing/address";
import { useServerInfo } from "../session/server-context";
import { ChatLoading } from "./chat-loading";
import { LazyChatRoom } from "./load-chat";
import { NoConversation } from "./no-conversation";
import { useIsMissing } from "./use-is-missing";
import { useThreadAgent } from "./use-thread-agent";

export interface ChatScreenProps {
  readonly address: Addressed;
  readonly isNarrow: boolean;
  /** Kept while another screen is in front: what was typed and what waits must not get lost. */
  readonly isShown: boolean;
}

/** Conversation or brief, and the live run beside it; on a small screen one at a time. */
export function ChatScreen({ address, isNarrow, isShown }: ChatScreenProps) {
  const { view, threadId, go } = address;
  const { hasAccounts } = useServerInfo();
  const brief = useBrief();
  const { agent, isKnown } = useThreadAgent();
  const isMissing = useIsMissing(threadId);
  const isBrief = view === "brief";
  const isChat = view === "chat" || (!isNarrow && !isBrief);
  const hasMain = isShown && (isChat || isBrief);
  return (
    <>
      <main
        id={isShown ? "main" : undefined}
        tabIndex={-1}
        className={`min-h-0 min-w-0 flex-1 flex-col bg-surface ${hasMain ? "flex" : "hidden"}`}
      >
        <h1 className="sr-only">Sergas console</h1>
        {!isNarrow && !hasAccounts && <ConversationBar />}
        {!isNarrow && hasAccounts && (
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
            <ErrorBoundary>
              <Suspense fallback={<ChatLoading />}>
                <LazyChatRoom threadId={threadId} agent={agent} isKnown={isKnown} />
              </Suspense>
            </ErrorBoundary>
          )}
        </div>
        {isBrief && (hasAccounts ? <BriefArea brief={brief} /> : <NoAccounts />)}
      </main>
      {isShown && (!isNarrow || view === "run") && (
        <aside className="min-h-0 min-w-0 flex-1 overflow-y-auto border-line bg-canvas lg:border-l">
          <EarlierRunNote runId={address.runId} onNewest={() => go({ run: undefined })} />
          <RealTimeAgentDashboard
            hasQuestions={false}
            onRetried={(_, thread) => go({ thread, run: undefined })}
          />
        </aside>
      )}
    </>
  );
}

import { useThreadAgent } from "../chat/use-thread-agent";

/** Whom the conversation is with, in the place of the tabs where there are no briefs. */
export function ConversationBar() {
  const { agent, isKnown } = useThreadAgent();
  return (
    <div className="flex h-12 shrink-0 items-center border-b border-line px-5 text-[13px] font-medium text-ink">
      <bdi className="truncate">{isKnown ? agent.title : ""}</bdi>
    </div>
  );
}

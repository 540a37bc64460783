import { SelectField } from "../lists/select-field";
import { useAddress } from "../routing/address";
import { useServerInfo } from "../session/server-context";
import { useThreadAgent } from "./use-thread-agent";

/** Whom a new conversation is with, where the server offers more than one. */
export function AgentChoice() {
  const { agents } = useServerInfo();
  const { agent } = useThreadAgent();
  const { startWith } = useAddress();
  if (agents.length < 2) return null;
  return (
    <div className="mt-3 flex items-center justify-center gap-2 text-xs text-ink-2">
      <span aria-hidden>Talk to</span>
      <SelectField
        label="Talk to"
        value={agent.id}
        choices={agents.map(({ id, title }) => ({ value: id, label: title }))}
        onPick={startWith}
      />
    </div>
  );
}

import { useAddress } from "../routing/address";
import { Notice } from "./notice";

/** The address leads to accounts or a brief, and the server has neither. */
export function NoAccounts() {
  const { go } = useAddress();
  return (
    <Notice
      title="This server has no accounts"
      text="It offers workflows of its own. Accounts and briefs belong to the account copilot."
    >
      <button type="button" onClick={() => go({ view: "chat" })} className="button mt-4 h-8 px-3">
        To the conversation
      </button>
    </Notice>
  );
}

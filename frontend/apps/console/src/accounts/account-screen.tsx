import { useLiveRuns } from "@sergas/react";
import { Play } from "lucide-react";
import { BriefDocument } from "../brief/brief-document";
import { BriefNav } from "../brief/brief-nav";
import { useAsking } from "../chat/ask-context";
import { BackLink } from "../layout/back-link";
import { PageHeader } from "../layout/page-header";
import { QueryState } from "../lists/query-state";
import { hrefOfScreen } from "../routing/screens";
import { useAccount } from "./use-accounts";

export interface AccountScreenProps {
  readonly number: string;
}

/** One account: what its records say now, and the way to a review by the agents. */
export function AccountScreen({ number }: AccountScreenProps) {
  const account = useAccount(number);
  const { state } = useLiveRuns();
  const { ask } = useAsking();
  const name = account.data?.account?.name ?? number;
  const isOffline = state.connectionStatus === "disconnected";
  return (
    <>
      <PageHeader
        title={name}
        note={<BackLink href={hrefOfScreen("accounts")} label="All accounts" />}
      >
        <button
          type="button"
          disabled={account.data === undefined || isOffline}
          onClick={() => ask(`Analyze account ${number}`)}
          className="button-primary h-8 px-3"
        >
          <Play aria-hidden size={13} />
          Review by the agents
        </button>
      </PageHeader>
      <QueryState query={account}>
        {(brief) => (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <BriefNav brief={brief} />
            <BriefDocument brief={brief} isGrowing={false} />
          </div>
        )}
      </QueryState>
    </>
  );
}

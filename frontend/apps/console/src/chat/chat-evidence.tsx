import { isJsonObject, useLiveRuns, useRunView } from "@sergas/react";
import { type ReactNode, useMemo } from "react";
import { parseBrief } from "../brief/brief-schema";
import { type Evidence, EvidenceContext } from "../brief/evidence-context";
import { SourcePopover } from "../brief/source-popover";
import { withMemory } from "../brief/use-brief";
import { usePointed } from "../brief/use-pointed";
import { useAddress } from "../routing/address";
import { useServerInfo } from "../session/server-context";

export interface ChatEvidenceProps {
  /** The run that the message belongs to; its brief has the sources. */
  readonly runId: string | undefined;
  readonly children: ReactNode;
}

/** The sources of the run's brief, for the numbers in what the agents say. */
export function ChatEvidence({ runId, children }: ChatEvidenceProps) {
  const { hasAccounts } = useServerInfo();
  const { shownRunId } = useLiveRuns();
  const { go } = useAddress();
  const { run } = useRunView(runId);
  const shared = runId === undefined || !hasAccounts ? undefined : run?.state;
  const sources = useMemo(() => {
    if (!isJsonObject(shared)) return [];
    return withMemory(parseBrief(shared.brief), parseBrief(shared.memory))?.sources ?? [];
  }, [shared]);
  const { pointed, numberOf, show, hide } = usePointed(sources);
  const evidence = useMemo<Evidence>(
    () => ({
      numberOf,
      show,
      hide,
      jump(source) {
        hide();
        go({ view: "brief", source, ...(runId !== shownRunId && { run: runId }) });
      },
    }),
    [numberOf, show, hide, go, runId, shownRunId],
  );
  return (
    <EvidenceContext value={evidence}>
      {children}
      <SourcePopover pointed={pointed} />
    </EvidenceContext>
  );
}

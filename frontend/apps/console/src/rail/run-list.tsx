import {
  formatAgo,
  RUN_WORDS,
  type RunRecord,
  StatusIcon,
  type Thread,
  useEnhancedAgent,
} from "@sergas/react";
import type { Addressed } from "../routing/address";
import { RailMore, RailNote, RailSection, RailSkeleton } from "./rail-section";
import { useOlderRuns } from "./use-older-runs";

export interface RunListProps {
  readonly address: Addressed;
  /** The conversations that are known, for their names. */
  readonly threads: readonly Thread[];
}

export function RunList({ address, threads }: RunListProps) {
  const { state, shownRunId } = useEnhancedAgent();
  const { records } = state;
  const older = useOlderRuns();
  const nameOf = (run: RunRecord) =>
    run.question || (threads.find(({ id }) => id === run.threadId)?.name ?? run.title);
  const open = (run: RunRecord) =>
    address.go({ thread: run.threadId, run: run.id, view: runView(address) });
  const isStale = records !== undefined && state.connection.status === "disconnected";
  return (
    <RailSection title="Runs" isStale={isStale} className="flex-1">
      {records === undefined && <RailSkeleton />}
      {records?.length === 0 && <RailNote>None yet.</RailNote>}
      <ul>
        {[...(records ?? []), ...older.list].map((run) => (
          <li key={run.id}>
            <RunItem
              run={run}
              name={nameOf(run)}
              isShown={run.id === shownRunId}
              onOpen={() => open(run)}
            />
          </li>
        ))}
      </ul>
      {older.hasMore && (
        <RailMore label="Show more" isLoading={older.isLoading} onMore={older.more} />
      )}
    </RailSection>
  );
}

/** From the list on a small screen one goes to the run; beside it, the sheet stays as it is. */
function runView({ view }: Addressed): Addressed["view"] {
  return view === "more" ? "run" : view;
}

interface RunItemProps {
  readonly run: RunRecord;
  /** What was asked; the workflow is the same for most. */
  readonly name: string;
  readonly isShown: boolean;
  readonly onOpen: () => void;
}

function RunItem({ run, name, isShown, onOpen }: RunItemProps) {
  const words = RUN_WORDS[run.status];
  return (
    <button
      type="button"
      data-testid="run-item"
      aria-current={isShown ? "true" : undefined}
      onClick={onOpen}
      title={`${run.title}: ${name}, ${words.label}`}
      className={`flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-[13px] ${isShown ? "bg-sunken text-ink" : "text-ink-2 hover:bg-hover"}`}
    >
      <StatusIcon tone={words.tone} size={14} />
      <span className="min-w-0 flex-1 truncate">
        {name}
        <span className="sr-only">: {words.label}</span>
      </span>
      {run.retryOf != null && <span className="text-[11px] text-ink-3">retry</span>}
      <span className="shrink-0 text-[11px] text-ink-3 tabular-nums">
        {formatAgo(Date.parse(run.createdAt), Date.now())}
      </span>
    </button>
  );
}

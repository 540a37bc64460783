import type { RunStatus } from "../client/api-schema";
import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import type { Connection } from "../state/connection";
import { formatDuration, formatElapsed, shortId } from "../state/format";
import { runWords } from "../state/words";
import type { WorkflowStatus } from "../state/workflow-status";
import { ConnectionBadge } from "./connection-badge";
import { CopyButton } from "./copy-button";
import { ProgressBar } from "./progress-bar";
import { RunControls } from "./run-controls";
import { asSentence } from "./run-fault";
import { RunUsage } from "./run-usage";
import { StatusPill } from "./status-pill";

export interface RunHeaderProps {
  readonly runId: string;
  readonly title: string;
  readonly status: RunStatus;
  readonly workflow: WorkflowStatus | undefined;
  readonly note: string | undefined;
  readonly advice: string | undefined;
  readonly connection: Connection;
  readonly onStop: () => Promise<void>;
  readonly onRetry: () => Promise<void>;
  readonly onReconnect: () => void;
}

export function RunHeader(props: RunHeaderProps) {
  const { runId, title, status, workflow, note, advice, connection } = props;
  const progress = workflow?.progress ?? 0;
  const texts = useTexts();
  const words = runWords(status, texts);
  return (
    <header className="sticky top-0 z-10 -mx-4 -mt-4 flex flex-col gap-2.5 bg-canvas px-4 pt-4 pb-1">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate text-[15px] font-semibold text-ink">{title}</h2>
        <RunControls status={status} onStop={props.onStop} onRetry={props.onRetry} />
      </div>
      <div className="flex items-center gap-2">
        <StatusPill words={words} testId="run-status" />
        <span className="flex items-center text-xs text-ink-3">
          <code title={runId}>{shortId(runId)}</code>
          <CopyButton text={runId} label={texts.copyRunId} />
        </span>
        <span className="ms-auto" />
        <ConnectionBadge connection={connection} onReconnect={props.onReconnect} />
      </div>
      <div className="flex items-center gap-3 text-xs text-ink-2 tabular-nums">
        <ProgressBar
          percent={progress}
          tone={words.tone}
          label={texts.progressOfRun}
          testId="run-progress"
        />
        <span className="w-10 shrink-0 text-end whitespace-nowrap">
          <bdi>{Math.round(progress)} %</bdi>
        </span>
        <Elapsed
          from={workflow?.startedAt}
          to={workflow?.finishedAt}
          isTicking={words.tone === "active"}
        />
      </div>
      {workflow && <RunUsage workflow={workflow} />}
      {words.tone === "active" && isBroken(connection) && (
        <p className="text-[13px] leading-5 text-wait">{texts.notLive}</p>
      )}
      {(note || advice) && (
        <p className="text-[13px] leading-5 text-ink-2">
          {note && (
            <span className={words.tone === "bad" ? "text-bad" : ""}>{asSentence(note)} </span>
          )}
          {advice}
        </p>
      )}
    </header>
  );
}

interface ElapsedProps {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly isTicking: boolean;
}

function Elapsed({ from, to, isTicking }: ElapsedProps) {
  const texts = useTexts();
  const now = useNow(isTicking);
  if (from === undefined) return null;
  const text = to === undefined ? formatElapsed(now - from) : formatDuration(to - from);
  return (
    <span title={texts.elapsed} className="shrink-0 border-s border-line ps-3">
      <bdi>{text}</bdi>
    </span>
  );
}

function isBroken({ status }: Connection): boolean {
  return status === "reconnecting" || status === "disconnected";
}

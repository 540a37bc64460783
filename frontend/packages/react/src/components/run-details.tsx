import { type ReactNode, useMemo } from "react";
import { isActive } from "../client/run-record";
import { useTexts } from "../hooks/texts";
import { useBudget } from "../hooks/use-budget";
import { useNow } from "../hooks/use-now";
import { agentViews } from "../state/agent-views";
import type { Connection } from "../state/connection";
import { retryAdvice } from "../state/retry-advice";
import type { RunView } from "../state/run-view";
import { timelineOf } from "../state/timeline";
import { AgentCard } from "./agent-card";
import { BudgetBars } from "./budget-bars";
import { EventLog } from "./event-log";
import { RunAnnouncer } from "./run-announcer";
import { RunError } from "./run-error";
import { RunHeader } from "./run-header";
import { StateInspector } from "./state-inspector";
import { TimelineView } from "./timeline-view";

export interface RunDetailsProps {
  readonly run: RunView;
  readonly connection: Connection;
  /** What stands between the header and the agents. */
  readonly cards: ReactNode;
  readonly onStop: () => Promise<void>;
  readonly onRetry: () => Promise<void>;
  readonly onReconnect: () => void;
}

export function RunDetails({ run, connection, cards, ...actions }: RunDetailsProps) {
  const texts = useTexts();
  const { workflow, status, fault } = run;
  const now = useNow(isActive(status), 500);
  const agents = useMemo(() => agentViews(run), [run]);
  const budget = useBudget(run.runId);
  const endedAt = isActive(status) ? now : (workflow?.finishedAt ?? now);
  const title = workflow?.title || texts.untitledRun;
  const advice = retryAdvice(status, workflow?.completedAgents.length ?? 0, texts);
  const failure = status === "failed" ? fault : undefined;
  return (
    <>
      <RunHeader
        runId={run.runId}
        title={title}
        status={status}
        workflow={workflow}
        note={failure === undefined ? (fault?.message ?? workflow?.reason) : undefined}
        advice={failure === undefined ? advice : undefined}
        connection={connection}
        {...actions}
      />
      <RunAnnouncer title={title} status={status} currentAgent={workflow?.currentAgent ?? ""} />
      {failure !== undefined && <RunError fault={failure} advice={advice} />}
      {cards}
      {agents.length > 0 && (
        <TimelineView
          timeline={timelineOf(agents, workflow?.startedAt, endedAt)}
          onPick={showAgent}
        />
      )}
      <section aria-label={texts.agents} className="panel-section">
        <h3 className="section-title">{texts.agents}</h3>
        <div className="flex flex-col gap-2">
          {agents.map((agent) => (
            <AgentCard key={agent.name} agent={agent} />
          ))}
        </div>
      </section>
      <BudgetBars budget={budget} />
      <StateInspector state={run.state} />
      <EventLog entries={run.log} count={run.seq} />
    </>
  );
}

function showAgent(name: string): void {
  const card = document.getElementById(`agent-${name}`);
  card?.scrollIntoView({ block: "nearest" });
  card?.focus();
}

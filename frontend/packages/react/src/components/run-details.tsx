import { type ReactNode, useMemo } from "react";
import { isActive } from "../client/run-record";
import { useNow } from "../hooks/use-now";
import { agentViews } from "../state/agent-views";
import type { Connection } from "../state/connection";
import { retryAdvice } from "../state/retry-advice";
import type { RunView } from "../state/run-view";
import { timelineOf } from "../state/timeline";
import { AgentCard } from "./agent-card";
import { RunAnnouncer } from "./run-announcer";
import { RunHeader } from "./run-header";
import { StateInspector } from "./state-inspector";
import { TimelineView } from "./timeline-view";

export interface RunDetailsProps {
  readonly run: RunView;
  readonly connection: Connection;
  readonly cards: ReactNode;
  readonly onStop: () => Promise<void>;
  readonly onRetry: () => Promise<void>;
  readonly onReconnect: () => void;
}

export function RunDetails({ run, connection, cards, ...actions }: RunDetailsProps) {
  const { workflow, status } = run;
  const now = useNow(isActive(status), 500);
  const agents = useMemo(() => agentViews(run), [run]);
  const endedAt = isActive(status) ? now : (workflow?.finishedAt ?? now);
  const title = workflow?.title || "Run";
  return (
    <>
      <RunHeader
        runId={run.runId}
        title={title}
        status={status}
        workflow={workflow}
        note={run.fault?.message ?? workflow?.reason}
        advice={retryAdvice(status, workflow?.completedAgents.length ?? 0)}
        connection={connection}
        {...actions}
      />
      <RunAnnouncer title={title} status={status} currentAgent={workflow?.currentAgent ?? ""} />
      {cards}
      {agents.length > 0 && (
        <TimelineView
          timeline={timelineOf(agents, workflow?.startedAt, endedAt)}
          onPick={showAgent}
        />
      )}
      <section aria-label="Agents" className="panel-section">
        <h3 className="section-title">Agents</h3>
        <div className="flex flex-col gap-2">
          {agents.map((agent) => (
            <AgentCard key={agent.name} agent={agent} />
          ))}
        </div>
      </section>
      <StateInspector state={run.state} />
    </>
  );
}

function showAgent(name: string): void {
  const card = document.getElementById(`agent-${name}`);
  card?.scrollIntoView({ block: "nearest" });
  card?.focus();
}

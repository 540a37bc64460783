/** What 20,000 deltas of three agents cost the page: parsing, folding, and what the panel draws from. */
import { bench, describe } from "vitest";
import { parseEvent } from "../src/client/events";
import type { LoggedEvent } from "../src/client/listener";
import { agentViews } from "../src/state/agent-views";
import { EMPTY_DASHBOARD, reduceDashboard } from "../src/state/dashboard";
import { runsState } from "../src/state/enhanced-state";

const AGENTS = ["alpha", "beta", "gamma"];
const DELTAS = 20_000;
/** A flush of the page, 33 ms, of a run that says 20,000 deltas in ten seconds. */
const BATCH = 66;

const agents = Object.fromEntries(
  AGENTS.map((name) => [name, { name, title: name, status: "running" }]),
);
const lines = [
  { type: "RUN_STARTED", threadId: "t", runId: "r" },
  {
    type: "ACTIVITY_SNAPSHOT",
    messageId: "wf-r",
    activityType: "workflow_status",
    content: { workflowId: "r", title: "Review", status: "running", agents },
  },
  ...AGENTS.map((name) => ({ type: "SUBAGENT_STARTED", name, subagentRunId: `r:${name}:1` })),
  ...AGENTS.map((name) => ({
    type: "TEXT_MESSAGE_START",
    messageId: `m-${name}`,
    subagentRunId: `r:${name}:1`,
  })),
  ...Array.from({ length: DELTAS }, (_, index) => ({
    type: "TEXT_MESSAGE_CONTENT",
    messageId: `m-${AGENTS[index % 3]}`,
    delta: index % 40 === 0 ? "word\n" : "word ",
  })),
].map((event) => JSON.stringify(event));

const events: readonly LoggedEvent[] = lines.flatMap((line, index) => {
  const event = parseEvent(line);
  return event === undefined ? [] : [{ cursor: { runId: "r", seq: index + 1 }, event }];
});

function foldedBy(size: number) {
  let dashboard = EMPTY_DASHBOARD;
  for (let from = 0; from < events.length; from += size) {
    const batch = events.slice(from, from + size);
    dashboard = reduceDashboard(dashboard, { type: "events", events: batch, at: from });
    const run = runsState(dashboard).runs.r;
    if (run !== undefined) agentViews(run);
  }
  return dashboard;
}

describe("20,000 deltas", () => {
  bench("parse", () => {
    for (const line of lines) parseEvent(line);
  });
  bench("fold and draw from, batch by batch", () => {
    foldedBy(BATCH);
  });
  bench("fold and draw from, all at once", () => {
    foldedBy(events.length);
  });
});

import { expect, test } from "vitest";
import type { Problem } from "../../src/client/api-error";
import type { RunRecord } from "../../src/client/run-record";
import { connectionOf, type Links } from "../../src/state/connection";
import { EMPTY_DASHBOARD, type EnhancedAction, reduceDashboard } from "../../src/state/dashboard";
import { newestRunOf, runsState } from "../../src/state/enhanced-state";
import { connectionWords } from "../../src/state/words";
import { agentIs, logged, OPENING, progress } from "./sample-run";

const UNREACHABLE: Problem = {
  status: 0,
  code: "unreachable",
  title: "The server does not answer",
  detail: "",
  requestId: undefined,
  retryAfterMs: undefined,
};

function record(id: string, status: RunRecord["status"], threadId = "thread-1"): RunRecord {
  return {
    id,
    threadId,
    workflow: "w",
    title: "T",
    status,
    agents: [],
    question: "",
    usage: undefined,
    outcome: { interrupts: [] },
    createdAt: "2026-11-22T12:00:00Z",
  };
}

function after(...actions: EnhancedAction[]) {
  return actions.reduce(reduceDashboard, EMPTY_DASHBOARD);
}

const LINKS: readonly [string, Links, string][] = [
  ["nothing open", {}, "connected"],
  ["a live stream", { 1: { phase: "live" } }, "connected"],
  ["one that connects", { 1: { phase: "connecting" } }, "connecting"],
  [
    "one that waits beside a live one",
    { 1: { phase: "live" }, 2: { phase: "waiting", attempt: 1, retryAt: 9 } },
    "reconnecting",
  ],
  [
    "one that gave up",
    { 1: { phase: "live" }, 2: { phase: "failed", problem: UNREACHABLE } },
    "disconnected",
  ],
];

test.each(LINKS)("with %s", (_, links, status) => {
  expect(connectionOf(links, "yes").status).toBe(status);
});

test("before the first answer the page is connecting, without an answer it is offline", () => {
  expect(connectionOf({}, "unknown").status).toBe("connecting");
  expect(connectionOf({}, "no").status).toBe("disconnected");
});

test("the badge counts down", () => {
  const connection = connectionOf({ 1: { phase: "waiting", attempt: 2, retryAt: 4000 } }, "yes");

  expect(connectionWords(connection, 1200).label).toBe("Reconnecting in 3 s");
  expect(connectionWords(connection, 4000).label).toBe("Reconnecting");
});

test("active workflows and agent statuses come from the streams", () => {
  const events = logged([...OPENING, progress(40), agentIs("scout", "running")]);

  const state = runsState(after({ type: "events", events, at: 1000 }));

  expect(state.activeWorkflows).toMatchObject([
    { id: "run-1", title: "Account review", progress: 40 },
  ]);
  expect(state.agentStatuses.scout?.status).toBe("running");
});

test("a run that ended elsewhere is not active because it was once seen running", () => {
  const events = logged([...OPENING]);

  const state = runsState(
    after(
      { type: "events", events, at: 1 },
      { type: "records", records: [record("run-1", "completed")] },
    ),
  );

  expect(state.activeWorkflows).toEqual([]);
});

test("a run from before the list is not taken for a new one", () => {
  const over = logged([...OPENING, { type: "RUN_FINISHED" }]);
  const records = [record("b", "completed")];

  const old = runsState(
    after({ type: "events", events: over, at: 1 }, { type: "records", records }),
  );
  const live = runsState(
    after({ type: "events", events: logged([...OPENING]), at: 1 }, { type: "records", records }),
  );

  expect(old.records?.map(({ id }) => id)).toEqual(["b"]);
  expect(live.records?.map(({ id }) => id)).toEqual(["run-1", "b"]);
});

test("the error rate counts failed runs among finished ones", () => {
  const records = [
    record("a", "completed"),
    record("b", "failed"),
    record("c", "running"),
    record("d", "cancelled"),
    record("e", "completed"),
  ];

  expect(runsState(after({ type: "records", records })).metrics.errorRate).toBe(25);
});

test("connections and the response time are measured", () => {
  const state = runsState(
    after(
      { type: "link", streamId: 1, link: { phase: "live" }, answeredInMs: 41.6 },
      { type: "events", events: logged([...OPENING]), at: 1000 },
    ),
  );

  expect(state.metrics).toMatchObject({ activeConnections: 1, responseTime: 42, throughput: 0.6 });
});

test("an answer takes the complaint back that there is none", () => {
  const away = after({ type: "problem", problem: UNREACHABLE });
  const back = reduceDashboard(away, { type: "records", records: [] });

  expect(away.lastError?.code).toBe("unreachable");
  expect(runsState(away).connectionStatus).toBe("disconnected");
  expect(back.lastError).toBeNull();
});

test("a refused token asks for another one until an answer comes", () => {
  const refused = after({
    type: "problem",
    problem: { ...UNREACHABLE, status: 401, code: "unauthorized" },
  });

  expect(runsState(refused).isUnauthorized).toBe(true);
  expect(runsState(reduceDashboard(refused, { type: "reachable" })).isUnauthorized).toBe(false);
});

test("the newest run of a thread is the listed one, or one too new for the list", () => {
  const records = [
    record("b", "running"),
    record("x", "completed", "thread-2"),
    record("a", "completed"),
  ];

  expect(newestRunOf("thread-1", { records, seen: {} })).toBe("b");
  expect(newestRunOf("thread-1", { records, seen: { "thread-1": "a" } })).toBe("b");
  expect(newestRunOf("thread-1", { records, seen: { "thread-1": "c" } })).toBe("c");
  expect(newestRunOf("thread-3", { records, seen: {} })).toBeUndefined();
});

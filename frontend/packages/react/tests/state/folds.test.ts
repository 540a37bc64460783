/** The page's fold and the server's agree; `python -m tests.folds` writes what both are held against. */
import { expect, test } from "vitest";
import { z } from "zod";
import { parseEvent } from "../../src/client/events";
import { isActive } from "../../src/client/run-record";
import { reduceRun } from "../../src/state/reduce-run";
import { emptyRun, type RunView } from "../../src/state/run-view";
import folds from "./folds.json";

const stored = z.array(z.object({ events: z.array(z.unknown()), seen: z.unknown() })).parse(folds);

function folded(events: readonly unknown[]): RunView {
  return events.reduce<RunView>((run, data, index) => {
    const event = parseEvent(JSON.stringify(data));
    const cursor = { runId: "run", seq: index + 1 };
    return event === undefined ? run : reduceRun(run, { cursor, event });
  }, emptyRun("run"));
}

function seen(run: RunView) {
  const { state, activity, messages, tools, attempts } = run;
  const answered = tools.filter(({ result }) => result !== undefined);
  return {
    isOver: !isActive(run.status),
    state,
    activity,
    texts: Object.fromEntries(
      messages.filter(({ text }) => text !== "").map(({ id, text }) => [id, text]),
    ),
    calls: Object.fromEntries(tools.map(({ id, name, args }) => [id, { name, arguments: args }])),
    results: Object.fromEntries(answered.map(({ id, result }) => [id, result])),
    atWork: attempts.filter(({ outcome }) => outcome === "running").map(({ id }) => id),
  };
}

test.each(stored.map((one, index) => [index, one] as const))(
  "stream %i folds as the server folds it",
  (_, { events, seen: expected }) => {
    expect(seen(folded(events))).toEqual(expected);
  },
);

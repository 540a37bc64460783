import { expect, test } from "vitest";
import type { AgUiEvent } from "../../src/client/events";
import { changesIn } from "../../src/state/diff";
import { folded, OPENING } from "./sample-run";

test.each([
  [undefined, []],
  [{ value: 1 }, []],
  [{ before: "a", after: "b" }, [{ field: "value", before: "a", after: "b" }]],
  [{ old: { x: 1 }, new: {} }, [{ field: "x", before: "1", after: undefined }]],
  [
    { tool: "update", arguments: { before: { x: 1, y: 2 }, after: { x: 3, y: 2 } } },
    [{ field: "x", before: "1", after: "3" }],
  ],
  [{ tool: "mail", arguments: { to: "Ann" } }, [{ field: "to", before: undefined, after: "Ann" }]],
])("the changes in %j", (details, expected) => {
  expect(changesIn(details)).toEqual(expected);
});

test("the event log keeps the newest events, and deltas of one message as one", () => {
  const states = Array.from({ length: 500 }, (): AgUiEvent => ({ type: "STATE_DELTA", delta: [] }));
  const delta: AgUiEvent = { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "word " };
  const { log, seq } = folded([...OPENING, ...states, delta, delta, delta]);

  expect(seq).toBe(506);
  expect(log).toHaveLength(400);
  expect(log.at(-1)).toMatchObject({ seq: 504, lastSeq: 506, count: 3, text: "word word word " });
});

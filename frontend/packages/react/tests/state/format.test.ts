import { expect, test } from "vitest";
import { formatAgo, formatDuration, formatElapsed, formatUsd } from "../../src/state/format";

test.each([
  [0, "<1 ms"],
  [0.4, "<1 ms"],
  [12, "12 ms"],
  [4250, "4.3 s"],
  [42_000, "42 s"],
  [64_000, "1 m 04 s"],
  [3_780_000, "1 h 03 m"],
])("%i ms reads %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("a clock and an age", () => {
  expect(formatElapsed(64_900)).toBe("1:04");
  expect(formatAgo(0, 30_000)).toBe("now");
  expect(formatAgo(0, 26 * 3_600_000)).toBe("1 d");
});

test.each([
  [0, "$0.00"],
  [0.00004, "<$0.0001"],
  [0.0124, "$0.0124"],
  [3.456, "$3.46"],
])("%d dollars read %s", (amount, text) => {
  expect(formatUsd(amount)).toBe(text);
});

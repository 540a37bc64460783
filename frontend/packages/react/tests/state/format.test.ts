import { expect, test } from "vitest";
import { formatAgo, formatDuration, formatElapsed } from "../../src/state/format";

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

import { expect, test } from "vitest";
import { hrefOfScreen, placeOf } from "../src/routing/screens";
import { agentNames, differenceOf } from "../src/runs/comparison-rows";
import { askedRuns } from "../src/runs/run-filter";
import { lastDays } from "../src/usage/usage-api";

test("an address names a screen and what of it is open, or nothing", () => {
  expect(placeOf("/")).toEqual({ screen: "chat", detail: undefined });
  expect(placeOf("/accounts/ACC%2F1")).toEqual({ screen: "accounts", detail: "ACC/1" });
  expect(placeOf("/nowhere").screen).toBeUndefined();
  expect(placeOf("/runs/compare/more").screen).toBeUndefined();
  expect(placeOf(hrefOfScreen("accounts", "a b"))).toEqual({ screen: "accounts", detail: "a b" });
});

test("the list of runs is asked for by what the address says, to the minute", () => {
  const now = Date.parse("2026-11-22T12:00:30Z");

  const asked = askedRuns({ q: "", status: "failed", since: "1h" }, now);

  expect(asked).toEqual({ status: ["failed"], from: "2026-11-22T11:00:00.000Z" });
});

test("a difference is told in percent, and not where there is none to tell", () => {
  const row = (one?: number, other?: number) => ({
    label: "Took",
    cells: [
      { text: "", amount: one },
      { text: "", amount: other },
    ] as const,
  });

  expect(differenceOf(row(100, 150))).toBe("+50 %");
  expect(differenceOf(row(200, 50))).toBe("−75 %");
  expect(differenceOf(row(0, 5))).toBe("");
  expect(differenceOf(row(undefined, 5))).toBe("");
  expect(differenceOf(row(5, 5))).toBe("");
  expect(
    agentNames([
      { record: undefined, agents: [] },
      { record: undefined, agents: [] },
    ]),
  ).toEqual([]);
});

test("days are those of UTC, today last", () => {
  expect(lastDays(3, Date.parse("2026-03-01T23:59:00Z"))).toEqual([
    "2026-02-27",
    "2026-02-28",
    "2026-03-01",
  ]);
});

import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { BriefDocument } from "../src/brief/brief-document";
import { type Brief, parseBrief } from "../src/brief/brief-schema";
import { isBriefComplete, withMemory } from "../src/brief/use-brief";

afterEach(cleanup);

const SOURCES = [
  {
    id: "S1",
    module: "Accounts",
    recordId: "1",
    label: "Account Halvorsen",
    excerpt: "A customer.",
  },
  {
    id: "S7",
    module: "Deals",
    recordId: "2",
    label: "Deal renewal",
    field: "Stage",
    excerpt: "Stuck.",
  },
];
const OPENING = {
  method: "rules",
  account: { name: "Halvorsen", number: "ACC-001" },
  sources: SOURCES,
};
const WHOLE = {
  ...OPENING,
  headline: { text: "The champion left.", evidence: ["S1", "S7"] },
  attention: {
    score: 66,
    band: "at_risk",
    coverage: 0.9,
    provisional: false,
    reasons: [],
    factors: [],
  },
  flags: [{ key: "stalled", severity: "high", text: "The deal is stuck.", evidence: ["S7"] }],
  actions: [],
};

function briefOf(value: unknown): Brief {
  const brief = parseBrief(value);
  if (brief === undefined) throw new Error("not a brief");
  return brief;
}

test("a brief that has only begun is shown as far as it goes", () => {
  render(<BriefDocument brief={briefOf(OPENING)} isGrowing />);

  expect(screen.getByText("Halvorsen")).toBeTruthy();
  expect(screen.getByText("Computed by rules, not by a model")).toBeTruthy();
  expect(screen.queryByTestId("brief-headline")).toBeNull();
  expect(isBriefComplete(briefOf(OPENING))).toBe(false);
});

test("every statement carries the numbers of its sources", () => {
  render(<BriefDocument brief={briefOf(WHOLE)} isGrowing={false} />);

  const headline = screen.getByTestId("brief-headline");
  const marks = [...headline.querySelectorAll("[data-testid=evidence-mark]")];
  expect(marks.map((mark) => mark.textContent)).toEqual(["1", "7"]);
});

test("pointing at a number shows the record, pressing it goes there and back", () => {
  render(<BriefDocument brief={briefOf(WHOLE)} isGrowing={false} />);
  const mark = screen.getAllByTestId("evidence-mark")[1];
  if (mark === undefined) throw new Error("no mark");

  fireEvent.focus(mark);
  expect(screen.getByTestId("source-popover").textContent).toContain("Stuck.");

  fireEvent.click(mark);
  expect(document.activeElement?.id).toBe("source-S7");
  fireEvent.click(screen.getByText("Back to the text"));
  expect(document.activeElement).toBe(mark);
});

test("a band that is lower than the score is explained", () => {
  render(<BriefDocument brief={briefOf(WHOLE)} isGrowing={false} />);

  expect(screen.getByText(/A critical flag keeps it/)).toBeTruthy();
});

test("a broken item is left out, the rest stays", () => {
  const brief = briefOf({ ...WHOLE, flags: [{ text: 1 }, ...WHOLE.flags], people: "nobody" });

  expect(brief.flags).toHaveLength(1);
  expect(brief.people).toBeUndefined();
});

test("what memory published shows until the author has taken it over", () => {
  const commitments = [
    { text: "Send it.", by: "us", who: "Mara", status: "open", evidence: ["S9"] },
  ];
  const memory = briefOf({ commitments, sources: [{ id: "S9", label: "Promise" }] });

  const early = withMemory(briefOf(OPENING), memory);
  const late = withMemory(briefOf({ ...WHOLE, commitments: [] }), memory);

  expect(early?.commitments).toHaveLength(1);
  expect(early?.sources?.map(({ id }) => id)).toEqual(["S1", "S7", "S9"]);
  expect(late?.commitments).toEqual([]);
});

import { Play } from "lucide-react";
import { expect, test } from "vitest";
import { type Command, findCommands } from "../src/palette/command";

function command(group: Command["group"], label: string, hint?: string): Command {
  return { id: `${group}-${label}`, group, label, hint, Icon: Play, act: () => undefined };
}

const ALL = [
  command("Do", "New conversation", "N"),
  command("Go to", "Accounts"),
  command("Accounts", "Halvorsen Freight", "ACC-001"),
  command("Accounts", "Review Halvorsen Freight", "ACC-001"),
  command("Accounts", "Corvane Textiles", "ACC-003"),
];

function labels(query: string): string[] {
  return findCommands(ALL, query).map(({ label }) => label);
}

test("every word has to be there, in the name, the hint or the group", () => {
  expect(labels("review halv")).toEqual(["Review Halvorsen Freight"]);
  expect(labels("acc-001 freight")).toHaveLength(2);
  expect(labels("review textiles")).toEqual([]);
});

test("a name that begins with what was typed comes first", () => {
  expect(labels("halv")[0]).toBe("Halvorsen Freight");
  expect(labels("re")[0]).toBe("Review Halvorsen Freight");
});

test("a group shows a few of its own, so that others stay in sight", () => {
  const many = Array.from({ length: 30 }, (_, number) => command("Runs", `Run ${number}`));

  const found = findCommands([...many, command("Do", "Run it all")], "run");

  expect(found.filter(({ group }) => group === "Runs")).toHaveLength(8);
  expect(found.map(({ group }) => group)).toContain("Do");
});

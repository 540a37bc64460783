/** Something that can be done from the palette. */
import type { LucideIcon } from "lucide-react";

export interface Command {
  readonly id: string;
  readonly group: "Go to" | "Do" | "Accounts" | "Conversations" | "Runs";
  readonly label: string;
  readonly hint?: string | undefined;
  readonly Icon: LucideIcon;
  readonly act: () => void;
}

const MOST = 40;
const MOST_OF_A_GROUP = 8;

/** Those that have every word; one whose label begins with it first, in the order of the groups. */
export function findCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands
    .map((command) => ({ command, rank: rankOf(command, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => (words.length === 0 ? 0 : other.rank - one.rank))
    .map(({ command }) => command);
  const counts = new Map<string, number>();
  const kept = found.filter(({ group }) => {
    counts.set(group, (counts.get(group) ?? 0) + 1);
    return (counts.get(group) ?? 0) <= MOST_OF_A_GROUP;
  });
  const order = [...new Set(kept.map(({ group }) => group))];
  return order.flatMap((group) => kept.filter((one) => one.group === group)).slice(0, MOST);
}

function rankOf({ label, hint = "", group }: Command, words: readonly string[]): number {
  const name = label.toLowerCase();
  const text = `${name} ${hint.toLowerCase()} ${group.toLowerCase()}`;
  if (!words.every((word) => text.includes(word))) return 0;
  if (words.some((word) => name.startsWith(word))) return 3;
  return words.some((word) => name.includes(` ${word}`)) ? 2 : 1;
}

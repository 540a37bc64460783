/** The keys of the console. A key alone is only a shortcut where nothing is being typed. */
import type { Screen } from "../routing/screens";

export const GO_KEYS: Readonly<Record<string, Screen>> = {
  c: "chat",
  a: "accounts",
  r: "runs",
  p: "approvals",
  u: "usage",
  s: "settings",
};

export interface Shortcut {
  readonly keys: readonly string[];
  readonly label: string;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ["Ctrl K"], label: "Search and commands" },
  { keys: ["?"], label: "This list" },
  { keys: ["N"], label: "New conversation" },
  { keys: ["/"], label: "To the search field, or to the message box" },
  { keys: ["G", "C"], label: "Go to the conversation" },
  { keys: ["G", "A"], label: "Go to the accounts" },
  { keys: ["G", "R"], label: "Go to the runs" },
  { keys: ["G", "P"], label: "Go to the approvals" },
  { keys: ["G", "U"], label: "Go to the usage" },
  { keys: ["G", "S"], label: "Go to the settings" },
  { keys: ["B"], label: "Brief or conversation" },
  { keys: ["Shift Esc"], label: "Stop the run" },
  { keys: ["T"], label: "Next theme" },
];

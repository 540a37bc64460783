/** The keys of the console. A key alone is only a shortcut where nothing is being typed. */
import { screensOf } from "../routing/screens";
import { withModKey } from "./mod-key";

export interface Shortcut {
  readonly keys: readonly string[];
  readonly label: string;
}

export function shortcuts(server: { readonly hasAccounts: boolean }): readonly Shortcut[] {
  return [
    { keys: [withModKey("K")], label: "Search and commands" },
    { keys: ["?"], label: "This list" },
    { keys: ["N"], label: "New conversation" },
    { keys: ["/"], label: "To the search field, or to the message box" },
    ...screensOf(server).map(({ key, title }) => ({
      keys: ["G", key.toUpperCase()],
      label: `Go to: ${title}`,
    })),
    ...(server.hasAccounts ? [{ keys: ["B"], label: "Brief or conversation" }] : []),
    { keys: ["Shift Esc"], label: "Stop the run" },
    { keys: ["T"], label: "Next theme" },
  ];
}

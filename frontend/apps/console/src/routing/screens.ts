/**
 * The screens of the console, each with its title and the key that leads there after `g`.
 * The server serves the page at the address of each.
 */
export const SCREENS = [
  { screen: "chat", title: "Conversation", key: "c" },
  { screen: "threads", title: "All conversations", key: "t" },
  { screen: "accounts", title: "Accounts", key: "a" },
  { screen: "runs", title: "Runs", key: "r" },
  { screen: "approvals", title: "Approvals", key: "p" },
  { screen: "usage", title: "Usage", key: "u" },
  { screen: "settings", title: "Settings", key: "s" },
] as const;
export type Screen = (typeof SCREENS)[number]["screen"];

/** The screens that a server has something for. */
export function screensOf({ hasAccounts }: { readonly hasAccounts: boolean }) {
  return SCREENS.filter(({ screen }) => hasAccounts || screen !== "accounts");
}

export interface Place {
  readonly screen: Screen | undefined;
  /** What of the screen is open: an account, or the comparison of two runs. */
  readonly detail: string | undefined;
}

export function hrefOfScreen(screen: Screen, detail?: string): string {
  if (screen === "chat") return "/";
  return detail === undefined ? `/${screen}` : `/${screen}/${encodeURIComponent(detail)}`;
}

export function placeOf(path: string): Place {
  const [first = "", second, ...rest] = path.split("/").slice(1);
  const wanted = first === "" ? "chat" : first;
  const screen = SCREENS.find((one) => one.screen === wanted)?.screen;
  if (rest.length > 0) return { screen: undefined, detail: undefined };
  return { screen, detail: second === undefined || second === "" ? undefined : decoded(second) };
}

export function titleOf(screen: Screen): string {
  return SCREENS.find((one) => one.screen === screen)?.title ?? "";
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

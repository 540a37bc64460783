/** The screens of the console and where they are; the server serves the page at each of them. */
export const SCREENS = ["chat", "accounts", "runs", "approvals", "usage", "settings"] as const;
export type Screen = (typeof SCREENS)[number];

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
  const screen = first === "" ? "chat" : SCREENS.find((name) => name === first);
  if (rest.length > 0) return { screen: undefined, detail: undefined };
  return { screen, detail: second === undefined || second === "" ? undefined : decoded(second) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The key that makes a letter a shortcut: Command on a Mac, Control elsewhere. */
export function isMac(): boolean {
  return /^mac/i.test(platform());
}

/** A shortcut with that key as people read it, such as `⌘K` or `Ctrl K`. */
export function withModKey(letter: string): string {
  return isMac() ? `⌘${letter}` : `Ctrl ${letter}`;
}

/** Browsers that know `userAgentData` no longer promise a true `platform`; others have only that. */
function platform(): string {
  const data = "userAgentData" in navigator ? navigator.userAgentData : undefined;
  if (typeof data !== "object" || data === null || !("platform" in data)) return navigator.platform;
  return String(data.platform);
}

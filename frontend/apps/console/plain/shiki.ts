/**
 * Stands in for the syntax highlighter of CopilotKit's Markdown: 13 MB of grammars for code that
 * agents of this application do not write. Code blocks keep their text, without colours.
 */
interface Tokens {
  readonly bg: string;
  readonly fg: string;
  readonly tokens: readonly (readonly { readonly content: string }[])[];
}

export const bundledLanguages = {};

export async function createHighlighter() {
  return {
    codeToTokens: (code: string): Tokens => ({
      bg: "transparent",
      fg: "inherit",
      tokens: code.split("\n").map((content) => [{ content }]),
    }),
    codeToHtml: (code: string): string => `<pre>${escaped(code)}</pre>`,
    getLoadedLanguages: (): string[] => [],
    loadLanguage: async (): Promise<void> => undefined,
  };
}

export function createJavaScriptRegexEngine(): undefined {
  return undefined;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

import type { Json } from "../client/json";
import { parseJson } from "../client/json";

export interface JsonViewProps {
  readonly value: Json | undefined;
  readonly label: string;
}

/** JSON as indented text; plain text stays plain. */
export function JsonView({ value, label }: JsonViewProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={label}
      className="max-h-64 overflow-auto rounded-md bg-sunken px-2.5 py-2"
    >
      <pre
        dir={typeof value === "string" ? "auto" : "ltr"}
        className="text-[11px] leading-4 whitespace-pre-wrap break-words text-ink-2"
      >
        {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
      </pre>
    </section>
  );
}

/** Text that may be JSON. */
export function parsedOrText(text: string): Json {
  return parseJson(text) ?? text;
}

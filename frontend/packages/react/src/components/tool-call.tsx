import { ChevronRight, Wrench } from "lucide-react";
import { useId, useState } from "react";
import { useTexts } from "../hooks/texts";
import { formatDuration } from "../state/format";
import { JsonView, parsedOrText } from "./json-view";

export interface ToolCallProps {
  readonly name: string;
  readonly args: string;
  readonly result: string | undefined;
  readonly isError: boolean;
  readonly executionMs: number | undefined;
  /** A person has to answer before it goes on. */
  readonly isAsked?: boolean | undefined;
  /** Who called it, where that is not plain from the place. */
  readonly by?: string | undefined;
}

/** One tool call in a line; arguments and result on click. */
export function ToolCall({
  name,
  args,
  result,
  isError,
  executionMs,
  isAsked = false,
  by,
}: ToolCallProps) {
  const texts = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const detailsId = useId();
  const time = executionMs === undefined ? undefined : formatDuration(executionMs);
  const outcome = isError
    ? texts.toolFailed
    : result === undefined
      ? isAsked
        ? texts.toolWaits
        : texts.toolRunning
      : (time ?? texts.toolDone);
  const isWaiting = isAsked && result === undefined;
  const colour = isError ? "text-bad" : isWaiting ? "font-medium text-wait" : "text-ink-3";
  return (
    <div data-testid="tool-call" data-tool={name}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => setIsOpen(!isOpen)}
        className="flex h-7 w-full items-center gap-1.5 rounded px-1 text-start text-xs hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={12}
          className={`shrink-0 text-ink-3 transition-transform duration-150 motion-reduce:transition-none ${isOpen ? "rotate-90" : "rtl:rotate-180"}`}
        />
        <Wrench aria-hidden size={12} className="shrink-0 text-ink-3" />
        <span className="shrink-0 font-medium text-ink">{name}</span>
        <span className="min-w-0 flex-1 truncate text-ink-3">
          <bdi>{summaryOf(args)}</bdi>
        </span>
        {by !== undefined && <span className="shrink-0 text-ink-3">{by}</span>}
        <span className={`shrink-0 tabular-nums ${colour}`}>
          <bdi>{outcome}</bdi>
        </span>
      </button>
      {isOpen && (
        <div id={detailsId} className="flex flex-col gap-1.5 py-1 pe-1 ps-5">
          <JsonView
            label={texts.argumentsOf(name)}
            value={parsedOrText(args === "" ? "{}" : args)}
          />
          {result === undefined ? (
            <p className="text-xs text-ink-3">{texts.noResult}</p>
          ) : (
            <JsonView label={texts.resultOf(name)} value={parsedOrText(result)} />
          )}
        </div>
      )}
    </div>
  );
}

/** The arguments in a few words: the values, without braces and quotes. */
function summaryOf(args: string): string {
  const value = parsedOrText(args);
  if (typeof value !== "object" || value === null) return args;
  return Object.entries(value)
    .map(([key, item]) => `${key} ${typeof item === "object" ? JSON.stringify(item) : item}`)
    .map((text) => text.replaceAll(LONG_ID, "…$1"))
    .join(" · ");
}

/** The end of a record's id tells it from its neighbours; the whole is in the arguments. */
const LONG_ID = /\b\d{7,}(\d{5})\b/g;

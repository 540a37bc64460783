import type { CSSProperties } from "react";
import { createPortal } from "react-dom";
import type { Pointed } from "./evidence-context";
import { formatDay } from "./format";

export const POPOVER_ID = "source-popover";
const WIDTH = 320;
const GAP = 8;

export interface SourcePopoverProps {
  readonly pointed: Pointed | undefined;
}

/** The record behind a mark, right beside it. */
export function SourcePopover({ pointed }: SourcePopoverProps) {
  if (pointed === undefined) return null;
  const { source, number, anchor } = pointed;
  return createPortal(
    <div
      id={POPOVER_ID}
      role="tooltip"
      data-testid="source-popover"
      className="pointer-events-none fixed z-50 rounded-lg border border-line bg-surface p-3 text-xs leading-5 shadow-pop"
      style={placeBeside(anchor)}
    >
      <p className="flex items-baseline gap-1.5 text-ink-3">
        <span className="font-medium text-ink-2">{number}</span>
        {[source.module, source.field].filter(Boolean).join(" · ")}
        <span className="ms-auto shrink-0">{formatDay(source.at)}</span>
      </p>
      <p className="font-medium text-ink">{source.label}</p>
      {source.excerpt !== "" && <p className="mt-1 line-clamp-6 text-ink-2">{source.excerpt}</p>}
    </div>,
    document.body,
  );
}

function placeBeside(anchor: DOMRect): CSSProperties {
  const width = Math.min(WIDTH, window.innerWidth - 2 * GAP);
  const left = Math.max(GAP, Math.min(anchor.left - 12, window.innerWidth - width - GAP));
  const isLow = anchor.bottom > window.innerHeight * 0.65;
  return isLow
    ? { left, width, bottom: window.innerHeight - anchor.top + GAP }
    : { left, width, top: anchor.bottom + GAP };
}

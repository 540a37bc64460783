import type { Tick } from "../state/timeline";

export interface ToolMarkProps {
  readonly tick: Tick;
}

/** One tool call in its agent's lane: as long as it took, or a dot where only the order is known. */
export function ToolMark({ tick }: ToolMarkProps) {
  const { at, width, isError, isOpen, isTimed } = tick;
  const colour = isError ? "bg-bad" : isTimed ? "bg-ink" : "bg-ink-3";
  const shape = isTimed
    ? `top-1/2 h-4 min-w-[3px] -translate-y-1/2 border border-surface ${isOpen ? "bar-live" : ""}`
    : "bottom-0.5 size-1";
  return (
    <span
      data-testid="tool-mark"
      className={`absolute rounded-full ${shape} ${colour}`}
      style={{
        insetInlineStart: `${(at * 100).toFixed(2)}%`,
        ...(isTimed && { width: `${(width * 100).toFixed(2)}%` }),
      }}
    />
  );
}

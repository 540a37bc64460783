export interface EmptyRunProps {
  readonly isLoading: boolean;
}

const WHAT_COMES: readonly (readonly [string, string])[] = [
  ["Timeline", "One lane per agent, a tick for every tool call, a mark for every retry."],
  ["Agents", "Status, current task, last line, and each tool call with arguments and result."],
  ["Shared state", "What the agents have written down so far, as it is on the wire."],
];

/** Before the first run: what will be here. While one is fetched: its outline. */
export function EmptyRun({ isLoading }: EmptyRunProps) {
  if (isLoading) {
    return (
      <div role="status" aria-label="Reading the run" className="flex flex-col gap-3">
        <div className="skeleton h-5 w-1/3" />
        <div className="skeleton h-24" />
        <div className="skeleton h-16" />
        <div className="skeleton h-16" />
      </div>
    );
  }
  return (
    <div className="rounded-lg border border-dashed border-line-strong px-4 py-5">
      <p className="text-[13px] font-medium text-ink">No run in this conversation yet</p>
      <dl className="mt-3 flex flex-col gap-2.5 text-xs leading-4">
        {WHAT_COMES.map(([term, text]) => (
          <div key={term} className="grid grid-cols-[6rem_1fr] gap-2">
            <dt className="font-medium text-ink-2">{term}</dt>
            <dd className="text-ink-3">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

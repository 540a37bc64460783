export interface Fact {
  readonly label: string;
  readonly value: string;
  /** The environment variable that sets it. */
  readonly name?: string | undefined;
}

export interface FactListProps {
  readonly facts: readonly Fact[];
}

export function FactList({ facts }: FactListProps) {
  return (
    <dl className="divide-y divide-line border-y border-line text-[13px] leading-5">
      {facts.map(({ label, value, name }) => (
        <div key={label} className="flex flex-wrap items-baseline gap-x-4 py-1.5">
          <dt className="w-52 shrink-0 text-ink-2">{label}</dt>
          <dd className="min-w-0 flex-1 [overflow-wrap:anywhere] tabular-nums">{value}</dd>
          {name !== undefined && (
            <dd className="text-[11px] text-ink-3">
              <code>{name}</code>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

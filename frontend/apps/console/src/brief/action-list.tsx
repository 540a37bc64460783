import { CopyButton } from "@sergas/react";
import { PRIORITY_WORDS } from "./bands";
import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { Chip } from "./chip";
import { formatDay, humanize } from "./format";
import { StatementText } from "./statement-text";

type Actions = NonNullable<Brief["actions"]>;

export interface ActionListProps {
  readonly actions: Actions;
}

export function ActionList({ actions }: ActionListProps) {
  return (
    <BriefSection id="actions" title="Next actions" count={actions.length}>
      <ol className="flex flex-col gap-2">
        {actions.map((action) => (
          <li
            key={action.key}
            className="rounded-lg border border-line px-4 py-3 text-[13px] leading-5"
          >
            <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <Chip {...PRIORITY_WORDS[action.priority]} />
              <h4 className="min-w-0 flex-1 text-sm font-semibold">{action.title}</h4>
              <span className="text-xs text-ink-3">
                {[humanize(action.type), action.due ? `by ${formatDay(action.due)}` : ""]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </div>
            <p className="mt-1 text-ink-2">
              <StatementText text={action.why} evidence={action.evidence} />
            </p>
            {action.draft && <Draft text={action.draft} />}
          </li>
        ))}
      </ol>
    </BriefSection>
  );
}

function Draft({ text }: { readonly text: string }) {
  return (
    <details className="mt-2 rounded-md border border-line bg-raised">
      <summary className="flex h-8 cursor-pointer items-center px-3 text-xs font-medium text-ink-2 hover:text-ink">
        Draft
      </summary>
      <div className="flex items-start gap-2 border-t border-line px-3 py-2">
        <p className="min-w-0 flex-1 text-[13px] leading-5 whitespace-pre-wrap">{text}</p>
        <CopyButton text={text} label="Copy the draft" />
      </div>
    </details>
  );
}

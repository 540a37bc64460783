import { ActionList } from "./action-list";
import { AdviceList } from "./advice-list";
import { AttentionBlock } from "./attention-block";
import { BriefHeader } from "./brief-header";
import type { Brief } from "./brief-schema";
import { ChangeList } from "./change-list";
import { CommitmentLists } from "./commitment-lists";
import { DealTable } from "./deal-table";
import { EvidenceProvider } from "./evidence-provider";
import { FlagList } from "./flag-list";
import { GapList } from "./gap-list";
import { PeopleList } from "./people-list";

export interface BriefDocumentProps {
  readonly brief: Brief;
  /** The run is still writing it. */
  readonly isGrowing: boolean;
  /** The source that a mark in the conversation points to. */
  readonly source?: string | undefined;
  readonly onBack?: (() => void) | undefined;
}

/** The brief; each part appears when it is known and stays where it is. */
export function BriefDocument({ brief, isGrowing, source, onBack }: BriefDocumentProps) {
  const { attention, changes, flags, people, deals, commitments, advice, actions, gaps } = brief;
  return (
    <article
      data-testid="brief"
      aria-label="Account brief"
      className="mx-auto max-w-[46rem] px-5 py-6 sm:px-8"
    >
      <EvidenceProvider sources={brief.sources ?? []} opened={source} onBack={onBack}>
        <BriefHeader brief={brief} isGrowing={isGrowing} />
        {attention ? (
          <AttentionBlock attention={attention} />
        ) : (
          isGrowing && <div className="skeleton mt-5 h-32" />
        )}
        {hasAny(changes) && <ChangeList changes={changes} />}
        {hasAny(flags) && <FlagList flags={flags} />}
        {hasAny(people) && <PeopleList people={people} />}
        {hasAny(deals) && <DealTable deals={deals} />}
        {hasAny(commitments) && <CommitmentLists commitments={commitments} />}
        {hasAny(advice) && <AdviceList advice={advice} />}
        {hasAny(actions) && <ActionList actions={actions} />}
        {hasAny(gaps) && <GapList gaps={gaps} />}
      </EvidenceProvider>
    </article>
  );
}

function hasAny<T>(list: T[] | undefined): list is T[] {
  return list !== undefined && list.length > 0;
}

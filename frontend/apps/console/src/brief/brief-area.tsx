import { isActive, useEnhancedAgent } from "@sergas/react";
import { BriefDocument } from "./brief-document";
import { BriefNav } from "./brief-nav";
import type { Brief } from "./brief-schema";
import { MatchList } from "./match-list";
import { useMatches } from "./use-brief";

export interface BriefAreaProps {
  readonly brief: Brief | undefined;
}

export function BriefArea({ brief }: BriefAreaProps) {
  const { state, shownRunId } = useEnhancedAgent();
  const matches = useMatches();
  const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
  const isGrowing = run !== undefined && isActive(run.status);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {brief !== undefined ? (
        <>
          <BriefNav brief={brief} />
          <BriefDocument brief={brief} isGrowing={isGrowing} />
        </>
      ) : matches.length > 0 ? (
        <MatchList matches={matches} />
      ) : (
        <NoBrief isGrowing={isGrowing} />
      )}
    </div>
  );
}

function NoBrief({ isGrowing }: { readonly isGrowing: boolean }) {
  return (
    <div role="status" className="mx-auto max-w-sm px-6 pt-[20vh] text-center">
      <p className="text-sm font-medium">
        {isGrowing ? "The records are being read" : "No brief yet"}
      </p>
      <p className="mt-1 text-[13px] leading-5 text-ink-2">
        {isGrowing
          ? "The brief appears here part by part, as the agents publish it."
          : "Ask about an account in the conversation. The brief is written here, with a source for every statement."}
      </p>
    </div>
  );
}

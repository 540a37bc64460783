import { isActive, type RunStatus, useLiveRuns } from "@sergas/react";
import { useAddress } from "../routing/address";
import { BriefDocument } from "./brief-document";
import { BriefNav } from "./brief-nav";
import type { Brief } from "./brief-schema";
import { MatchList } from "./match-list";
import { RankingList } from "./ranking-list";
import { useMatches, useRanking } from "./use-brief";

export interface BriefAreaProps {
  readonly brief: Brief | undefined;
}

export function BriefArea({ brief }: BriefAreaProps) {
  const { state, shownRunId } = useLiveRuns();
  const { source, go } = useAddress();
  const matches = useMatches();
  const ranking = useRanking();
  const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
  const isGrowing = run !== undefined && isActive(run.status);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {brief !== undefined ? (
        <>
          <BriefNav brief={brief} />
          <BriefDocument
            brief={brief}
            isGrowing={isGrowing}
            source={source}
            onBack={() => go({ view: "chat" })}
          />
        </>
      ) : matches.length > 0 ? (
        <MatchList matches={matches} />
      ) : ranking.length > 0 ? (
        <RankingList ranking={ranking} />
      ) : (
        <NoBrief status={run?.status} />
      )}
    </div>
  );
}

interface NoBriefProps {
  readonly status: RunStatus | undefined;
}

function NoBrief({ status }: NoBriefProps) {
  const words = NO_BRIEF[status === undefined ? "none" : isActive(status) ? "growing" : "over"];
  return (
    <div role="status" className="mx-auto max-w-sm px-6 pt-[20vh] text-center">
      <p className="text-sm font-medium">{words.title}</p>
      <p className="mt-1 text-[13px] leading-5 text-ink-2">{words.text}</p>
    </div>
  );
}

const NO_BRIEF = {
  none: {
    title: "No brief yet",
    text: "Ask about an account in the conversation. The brief is written here, with a source for every statement.",
  },
  growing: {
    title: "The records are being read",
    text: "The brief appears here part by part, as the agents publish it.",
  },
  over: {
    title: "This run wrote no brief",
    text: "The conversation says why.",
  },
} as const;

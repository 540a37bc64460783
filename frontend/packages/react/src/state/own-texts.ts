/** The words of one page: ours, and its own instead of some. */
import type { FaultText } from "./fault-texts";
import { TEXTS, type Texts } from "./texts";

type Group = "run" | "agent" | "limit";

/** A page's own words: any of them, and of a group those that differ. */
export type OwnTexts = Partial<Omit<Texts, Group | "faults">> & {
  readonly faults?: Readonly<Record<string, FaultText>>;
} & {
  readonly [Name in Group]?: Partial<Texts[Name]>;
};

export function withOwn(own: OwnTexts = {}): Texts {
  return {
    ...TEXTS,
    ...own,
    run: { ...TEXTS.run, ...own.run },
    agent: { ...TEXTS.agent, ...own.agent },
    limit: { ...TEXTS.limit, ...own.limit },
    faults: { ...TEXTS.faults, ...own.faults },
  };
}

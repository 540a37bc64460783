/** What went wrong, in a person's words: what happened, what it means, what to do. */
import type { Problem } from "../client/api-error";
import { FAULT_TEXTS, type FaultText } from "./fault-texts";
import { TEXTS, type Texts } from "./texts";

export interface Fault {
  readonly code: string;
  readonly title: string;
  readonly meaning: string;
  readonly advice: string;
  readonly requestId: string | undefined;
}

export function faultFrom(problem: Problem, { faults }: Texts = TEXTS): Fault {
  const { code, status, title, detail, requestId } = problem;
  const words = faults[code] ?? faults[status] ?? faults.otherwise;
  return {
    code,
    title: words.title ?? title,
    meaning: detail === "" || isClearer(code, faults[code]) ? words.meaning : detail,
    advice: words.advice,
    requestId,
  };
}

/** The server says "thread", people read "conversation"; and a page's own words go before all. */
function isClearer(code: string, words: FaultText | undefined): boolean {
  if (words === undefined) return false;
  return words !== FAULT_TEXTS[code] || code.startsWith("thread_");
}

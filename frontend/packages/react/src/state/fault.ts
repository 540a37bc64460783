/** What went wrong, in a person's words: what happened, what it means, what to do. */
import type { Problem } from "../client/api-error";

export interface Fault {
  readonly code: string;
  readonly title: string;
  readonly meaning: string;
  readonly advice: string;
  readonly requestId: string | undefined;
}

type Words = Pick<Fault, "meaning" | "advice">;

const WORDS: Record<string, Words> = {
  unreachable: {
    meaning: "Runs do not depend on this page; a server that comes back goes on with them.",
    advice: "Check that the server runs, then reconnect.",
  },
  run_not_found: {
    meaning: "The server does not know this run, or it belongs to somebody else.",
    advice: "Pick another run from the list, or start a new one.",
  },
  thread_not_found: {
    meaning: "The server does not know this conversation, or it belongs to somebody else.",
    advice: "Pick another conversation, or start a new one.",
  },
  thread_busy: {
    meaning: "A run is still working in this conversation; the new one was not started.",
    advice: "Wait for it to finish or stop it, then send again.",
  },
  unauthorized: {
    meaning: "The server does not accept the token of this page.",
    advice: "Sign in with the token that the server printed when it started.",
  },
};

const BY_STATUS: Record<number, Words> = {
  401: { meaning: "The server does not accept the token of this page.", advice: "Sign in again." },
  403: { meaning: "This token does not allow that.", advice: "Ask for a token that does." },
  409: {
    meaning: "It does not fit what the server is doing now; nothing was changed.",
    advice: "Look at the run's present state, then decide again.",
  },
  429: {
    meaning: "Too many requests; nothing was started.",
    advice: "Wait a moment, then try again.",
  },
};

const OTHERWISE: Words = {
  meaning: "The request was not carried out.",
  advice: "Try again. If it stays, look for the id below in the server's log.",
};

export function faultFrom(problem: Problem): Fault {
  const words = WORDS[problem.code] ?? BY_STATUS[problem.status] ?? OTHERWISE;
  return {
    code: problem.code,
    title: problem.title,
    meaning: problem.detail === "" || isOurs(problem.code) ? words.meaning : problem.detail,
    advice: words.advice,
    requestId: problem.requestId,
  };
}

/** The server says "thread"; people read "conversation". */
function isOurs(code: string): boolean {
  return code.startsWith("thread_") && code in WORDS;
}

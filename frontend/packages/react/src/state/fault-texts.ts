/** What faults mean and what to do, by the server's code, else by the HTTP status. */
export interface FaultText {
  /** Instead of what the server calls it. */
  readonly title?: string;
  readonly meaning: string;
  readonly advice: string;
}

export interface FaultTexts {
  readonly [codeOrStatus: string]: FaultText;
  readonly otherwise: FaultText;
}

export const FAULT_TEXTS: FaultTexts = {
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
  plan_failed: {
    meaning: "The workflow's own code failed before any agent began.",
    advice: "Mend its plan, with what the server's log says of it, then start it again.",
  },
  unauthorized: {
    meaning: "The server does not accept the token of this page.",
    advice: "Sign in with the token that the server printed when it started.",
  },
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
  otherwise: {
    meaning: "The request was not carried out.",
    advice: "Try again. If it stays, look for the id below in the server's log.",
  },
};

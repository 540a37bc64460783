/** The agent that the page talks to: it does as `forwardedProps.script` says. */
export const AGENT = "script";

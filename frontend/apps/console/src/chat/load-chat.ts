import copilotStyles from "@copilotkit/react-core/v2/styles.css?url";
import { lazy } from "react";

const load = async () => {
  const [{ ChatRoom }] = await Promise.all([import("./chat-room"), addStyles()]);
  return { default: ChatRoom };
};

export const LazyChatRoom = lazy(load);

/** Fetch the chat before it is asked for; the browser keeps it. */
export function preloadChat(): void {
  // Without a network there is nothing to fetch early, and the error boundary speaks later.
  load().catch(() => undefined);
}

/** CopilotKit's styles have layers of the same names as ours; those that come first give way. */
function addStyles(): Promise<void> {
  const known = document.querySelector<HTMLLinkElement>("link[data-chat-styles]");
  if (known?.sheet) return Promise.resolve();
  const link = known ?? document.createElement("link");
  const loaded = new Promise<void>((resolve) => {
    for (const end of ["load", "error"]) link.addEventListener(end, () => resolve());
  });
  if (known === null) {
    link.rel = "stylesheet";
    link.href = copilotStyles;
    link.dataset.chatStyles = "";
    document.head.prepend(link);
  }
  return loaded;
}

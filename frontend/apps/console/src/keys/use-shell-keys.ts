import { isActive, useLiveRuns } from "@sergas/react";
import { useLocation } from "wouter";
import { type Addressed, hrefOf } from "../routing/address";
import { hrefOfScreen, screensOf } from "../routing/screens";
import { useServerInfo } from "../session/server-context";
import { NEXT_THEME, readTheme, writeTheme } from "../theme/theme";
import { type KeyActions, useShortcuts } from "./use-shortcuts";

interface ShellKeys {
  readonly address: Addressed;
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}

/** What the keys of the console do. */
export function useShellKeys({ address, onPalette, onHelp }: ShellKeys): void {
  const server = useServerInfo();
  const { state, actions, shownRunId } = useLiveRuns();
  const [, navigate] = useLocation();
  const { threadId, view, screen, go, startNew } = address;
  const stop = () => {
    const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
    if (run !== undefined && isActive(run.status)) void actions.interruptWorkflow(run.runId);
  };
  const places: KeyActions = Object.fromEntries(
    screensOf(server).map(({ key, screen: to }) => [
      `g ${key}`,
      () => navigate(to === "chat" ? hrefOf({ thread: threadId }) : hrefOfScreen(to)),
    ]),
  );
  const brief: KeyActions = server.hasAccounts
    ? { b: () => go({ view: screen === "chat" && view === "brief" ? "chat" : "brief" }) }
    : {};
  useShortcuts({
    ...places,
    ...brief,
    "mod+k": onPalette,
    "?": onHelp,
    n: startNew,
    "/": focusField,
    t: () => writeTheme(NEXT_THEME[readTheme()]),
    "shift+escape": stop,
  });
}

function focusField(): void {
  const field = document.querySelector<HTMLElement>(
    "main:not([class~='hidden']) :is([data-search], [data-testid='copilot-chat-textarea'])",
  );
  field?.focus();
}

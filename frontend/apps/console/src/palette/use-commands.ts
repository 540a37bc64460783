import { formatAgo, isActive, RUN_WORDS, useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import {
  Activity,
  Building2,
  CircleStop,
  Keyboard,
  MessageSquare,
  Moon,
  Play,
  SquarePen,
} from "lucide-react";
import { useLocation } from "wouter";
import { useOverview } from "../accounts/use-accounts";
import { useAsking } from "../chat/ask-context";
import { OF_RUNS } from "../lists/use-fresh-queries";
import { type Addressed, hrefOf } from "../routing/address";
import { SCREEN_ICONS } from "../routing/screen-icons";
import { hrefOfScreen, SCREENS } from "../routing/screens";
import { NEXT_THEME, readTheme, writeTheme } from "../theme/theme";
import type { Command } from "./command";
import { readThreads } from "./threads-query";

interface CommandParts {
  readonly address: Addressed;
  readonly onHelp: () => void;
}

/** Everything that the palette offers now. */
export function useCommands({ address, onHelp }: CommandParts): readonly Command[] {
  return [
    ...useDoings(address, onHelp),
    ...useScreens(address),
    ...useAccountCommands(),
    ...useTalk(),
  ];
}

function useScreens({ threadId }: Addressed): readonly Command[] {
  const [, navigate] = useLocation();
  return SCREENS.map(({ screen, title, key }) => ({
    id: `go-${screen}`,
    group: "Go to",
    label: title,
    hint: `G ${key.toUpperCase()}`,
    Icon: SCREEN_ICONS[screen],
    act: () => navigate(screen === "chat" ? hrefOf({ thread: threadId }) : hrefOfScreen(screen)),
  }));
}

function useDoings({ startNew }: Addressed, onHelp: () => void): readonly Command[] {
  const { state, actions, shownRunId } = useLiveRuns();
  const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
  const stop: Command = {
    id: "stop",
    group: "Do",
    label: "Stop the run",
    hint: "Shift Esc",
    Icon: CircleStop,
    act: () => run && void actions.interruptWorkflow(run.runId),
  };
  return [
    ...(run !== undefined && isActive(run.status) ? [stop] : []),
    {
      id: "new",
      group: "Do",
      label: "New conversation",
      hint: "N",
      Icon: SquarePen,
      act: startNew,
    },
    {
      id: "theme",
      group: "Do",
      label: `Theme: change to ${NEXT_THEME[readTheme()]}`,
      hint: "T",
      Icon: Moon,
      act: () => writeTheme(NEXT_THEME[readTheme()]),
    },
    {
      id: "keys",
      group: "Do",
      label: "Keyboard shortcuts",
      hint: "?",
      Icon: Keyboard,
      act: onHelp,
    },
  ];
}

function useAccountCommands(): readonly Command[] {
  const accounts = useOverview().data?.accounts ?? [];
  const { ask } = useAsking();
  const [, navigate] = useLocation();
  return accounts.flatMap(({ number, name }): Command[] => [
    {
      id: `account-${number}`,
      group: "Accounts",
      label: name,
      hint: number,
      Icon: Building2,
      act: () => navigate(hrefOfScreen("accounts", number)),
    },
    {
      id: `review-${number}`,
      group: "Accounts",
      label: `Review ${name}`,
      hint: number,
      Icon: Play,
      act: () => void ask(`Analyze account ${number}`),
    },
  ]);
}

function useTalk(): readonly Command[] {
  const { api, state } = useLiveRuns();
  const [, navigate] = useLocation();
  const threads = useQuery({ queryKey: [OF_RUNS, "threads"], queryFn: () => readThreads(api) });
  const ago = (at: string) => formatAgo(Date.parse(at), Date.now());
  return [
    ...(threads.data ?? []).map(
      ({ id, name, lastRunAt, updatedAt }): Command => ({
        id: `thread-${id}`,
        group: "Conversations",
        label: name ?? "New conversation",
        hint: ago(lastRunAt ?? updatedAt),
        Icon: MessageSquare,
        act: () => navigate(hrefOf({ thread: id })),
      }),
    ),
    ...(state.records ?? []).map(
      ({ id, threadId, question, title, status, createdAt }): Command => ({
        id: `run-${id}`,
        group: "Runs",
        label: question || title,
        hint: `${RUN_WORDS[status].label} · ${ago(createdAt)}`,
        Icon: Activity,
        act: () => navigate(hrefOf({ thread: threadId, run: id, view: "run" })),
      }),
    ),
  ];
}

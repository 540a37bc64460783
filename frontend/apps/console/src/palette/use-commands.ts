import { formatAgo, isActive, RUN_WORDS, useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { Activity, CircleStop, Keyboard, MessageSquare, Moon, SquarePen } from "lucide-react";
import { useLocation } from "wouter";
import { OF_RUNS } from "../lists/use-fresh-queries";
import { type Addressed, hrefOf } from "../routing/address";
import { SCREEN_ICONS } from "../routing/screen-icons";
import { hrefOfScreen, screensOf } from "../routing/screens";
import { useServerInfo } from "../session/server-context";
import { NEXT_THEME, readTheme, writeTheme } from "../theme/theme";
import type { Command } from "./command";
import { readThreads } from "./threads-query";
import { useAccountCommands } from "./use-account-commands";

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
  const server = useServerInfo();
  const [, navigate] = useLocation();
  return screensOf(server).map(({ screen, title, key }) => ({
    id: `go-${screen}`,
    group: "Go to",
    label: title,
    hint: `G ${key.toUpperCase()}`,
    Icon: SCREEN_ICONS[screen],
    act: () => navigate(screen === "chat" ? hrefOf({ thread: threadId }) : hrefOfScreen(screen)),
  }));
}

function useDoings({ startNew, startWith }: Addressed, onHelp: () => void): readonly Command[] {
  const { agents } = useServerInfo();
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
    ...agents.slice(1).map(
      ({ id, title }): Command => ({
        id: `new-${id}`,
        group: "Do",
        label: `New conversation with ${title}`,
        Icon: SquarePen,
        act: () => startWith(id),
      }),
    ),
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

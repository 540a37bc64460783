import { useThreadList } from "@sergas/react";
import { LogOut, Search, SquarePen } from "lucide-react";
import { useState } from "react";
import { withModKey } from "../keys/mod-key";
import { openPalette } from "../palette/palette-events";
import type { Addressed } from "../routing/address";
import { Logo } from "../session/logo";
import type { Server } from "../session/server-api";
import { useServerInfo } from "../session/server-context";
import { ThemeToggle } from "../theme/theme-toggle";
import { RailNav } from "./rail-nav";
import { ThreadList } from "./thread-list";
import { useFreshRuns } from "./use-fresh-runs";

export interface RailProps {
  readonly address: Addressed;
  readonly onSignOut: (() => void) | undefined;
}

/** Where to go: a new conversation, the screens, the earlier conversations. */
export function Rail({ address, onSignOut }: RailProps) {
  const server = useServerInfo();
  const [showsArchived, setShowsArchived] = useState(false);
  const threads = useThreadList(showsArchived);
  useFreshRuns(threads.list);
  return (
    <nav
      aria-label="Screens and conversations"
      className="flex min-h-0 flex-1 flex-col border-line bg-canvas lg:border-e"
    >
      <div className="flex h-12 shrink-0 items-center gap-1.5 px-4">
        <span className="flex items-center gap-2 max-lg:hidden">
          <Logo />
          <span className="text-sm font-semibold tracking-tight">Sergas</span>
        </span>
        <button
          type="button"
          onClick={openPalette}
          aria-label="Search and commands"
          title={`Search and commands (${withModKey("K")})`}
          className="button-quiet size-8 justify-center p-0 lg:ms-auto"
        >
          <Search aria-hidden size={15} />
        </button>
        <button
          type="button"
          onClick={address.startNew}
          aria-label="New conversation"
          title="New conversation (N)"
          className="button h-8 px-2.5 max-lg:flex-1 max-lg:justify-center"
        >
          <SquarePen aria-hidden size={14} />
          New<span className="lg:hidden"> conversation</span>
        </button>
      </div>
      <RailNav address={address} />
      <div className="mt-3 flex min-h-0 flex-1 flex-col overflow-hidden border-t border-line px-2 pt-2 pb-2">
        <ThreadList
          address={address}
          threads={threads}
          showsArchived={showsArchived}
          onShowArchived={setShowsArchived}
        />
      </div>
      <footer className="flex h-11 shrink-0 items-center gap-1 border-t border-line pe-2 ps-4 text-xs text-ink-3">
        <span className="me-auto truncate">
          {[server.version && `v${server.version}`, thinkingOf(server)].filter(Boolean).join(" · ")}
        </span>
        <ThemeToggle />
        {onSignOut && (
          <button
            type="button"
            onClick={onSignOut}
            aria-label="Sign out"
            title="Sign out"
            className="button-quiet size-8 justify-center p-0"
          >
            <LogOut aria-hidden size={15} />
          </button>
        )}
      </footer>
    </nav>
  );
}

/** Only of the account copilot it is known that it does without a model. */
function thinkingOf({ runtime, model, hasAccounts }: Server): string {
  if (model !== "") return model;
  if (runtime !== "rules") return runtime;
  return hasAccounts ? "rules, no model" : "";
}

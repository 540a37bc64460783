import { FileText, MessageSquare } from "lucide-react";
import type { ReactNode } from "react";
import type { Brief } from "../brief/brief-schema";
import { isBriefComplete } from "../brief/use-brief";

export interface MainTabsProps {
  readonly view: "chat" | "brief";
  readonly brief: Brief | undefined;
  readonly onView: (view: "chat" | "brief") => void;
}

/** Conversation and brief, side by side as two sheets. */
export function MainTabs({ view, brief, onView }: MainTabsProps) {
  const account = brief?.account?.name;
  return (
    <nav
      aria-label="Conversation and brief"
      className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-3"
    >
      <Tab isCurrent={view === "chat"} onPick={() => onView("chat")}>
        <MessageSquare aria-hidden size={14} />
        Conversation
      </Tab>
      <Tab isCurrent={view === "brief"} onPick={() => onView("brief")}>
        <FileText aria-hidden size={14} />
        Brief
        {brief !== undefined && (
          <span className="max-w-48 truncate font-normal text-ink-3">
            {isBriefComplete(brief) ? (account ?? "ready") : "being written"}
          </span>
        )}
      </Tab>
    </nav>
  );
}

interface TabProps {
  readonly isCurrent: boolean;
  readonly onPick: () => void;
  readonly children: ReactNode;
}

function Tab({ isCurrent, onPick, children }: TabProps) {
  return (
    <button
      type="button"
      aria-current={isCurrent ? "page" : undefined}
      onClick={onPick}
      className={`inline-flex h-8 items-center gap-1.5 rounded-md px-2.5 text-[13px] font-medium ${isCurrent ? "bg-sunken text-ink" : "text-ink-2 hover:bg-hover hover:text-ink"}`}
    >
      {children}
    </button>
  );
}

import { Activity, FileText, List, MessageSquare } from "lucide-react";
import type { View } from "../routing/address";
import { useServerInfo } from "../session/server-context";

export interface BottomTabsProps {
  /** Undefined while another screen is in front, which one comes to by More. */
  readonly view: View | undefined;
  readonly hasBrief: boolean;
  readonly onView: (view: View) => void;
}

const TABS = [
  { view: "chat", label: "Conversation", Icon: MessageSquare },
  { view: "run", label: "Run", Icon: Activity },
  { view: "brief", label: "Brief", Icon: FileText },
  { view: "more", label: "More", Icon: List },
] as const;

export function BottomTabs({ view, hasBrief, onView }: BottomTabsProps) {
  const { hasAccounts } = useServerInfo();
  const tabs = TABS.filter((tab) => hasAccounts || tab.view !== "brief");
  return (
    <nav
      aria-label="Sections"
      className="grid shrink-0 auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      {tabs.map(({ view: target, label, Icon }) => (
        <button
          key={target}
          type="button"
          aria-current={(view ?? "more") === target ? "page" : undefined}
          onClick={() => onView(target)}
          className={`relative flex h-14 flex-col items-center justify-center gap-0.5 text-[11px] font-medium ${(view ?? "more") === target ? "text-ink" : "text-ink-3"}`}
        >
          <Icon aria-hidden size={18} strokeWidth={(view ?? "more") === target ? 2.25 : 1.75} />
          {label}
          {target === "brief" && hasBrief && (
            <span aria-hidden className="absolute top-2 ms-6 size-1.5 rounded-full bg-ok" />
          )}
        </button>
      ))}
    </nav>
  );
}

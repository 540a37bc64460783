import {
  Activity,
  Building2,
  ChartColumn,
  Inbox,
  type LucideIcon,
  MessageSquare,
  MessagesSquare,
  Settings,
} from "lucide-react";
import type { Screen } from "./screens";

export const SCREEN_ICONS: Readonly<Record<Screen, LucideIcon>> = {
  chat: MessageSquare,
  threads: MessagesSquare,
  accounts: Building2,
  runs: Activity,
  approvals: Inbox,
  usage: ChartColumn,
  settings: Settings,
};

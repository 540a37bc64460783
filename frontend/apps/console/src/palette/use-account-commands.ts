import { Building2, Play } from "lucide-react";
import { useLocation } from "wouter";
import { useOverview } from "../accounts/use-accounts";
import { useAsking } from "../chat/ask-context";
import { hrefOfScreen } from "../routing/screens";
import { useServerInfo } from "../session/server-context";
import type { Command } from "./command";

/** Each account, and a review of it. */
export function useAccountCommands(): readonly Command[] {
  const { hasAccounts } = useServerInfo();
  const accounts = useOverview(hasAccounts).data?.accounts ?? [];
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

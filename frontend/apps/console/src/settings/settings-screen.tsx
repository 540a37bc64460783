import { useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { ShortcutList } from "../keys/shortcut-list";
import { PageHeader } from "../layout/page-header";
import { QueryState } from "../lists/query-state";
import { useServerInfo } from "../session/server-context";
import { ThemeChoice } from "../theme/theme-choice";
import { FactList } from "./fact-list";
import { type Health, readHealth } from "./health-api";
import { HealthList } from "./health-list";
import { limitFacts } from "./limit-facts";
import { PageMetrics } from "./page-metrics";
import { SettingsSection } from "./settings-section";

/** What this server is and allows, and how this page behaves. Settings of the server are its operator's. */
export function SettingsScreen() {
  const { api } = useLiveRuns();
  const { hasAccounts } = useServerInfo();
  const health = useQuery({
    queryKey: ["health"],
    queryFn: () => readHealth(api),
    refetchInterval: 10_000,
  });
  return (
    <>
      <PageHeader title="Settings" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-[46rem] flex-col gap-8 p-4 sm:p-6">
          <SettingsSection title="This page">
            <ThemeChoice />
          </SettingsSection>
          <SettingsSection
            title="Speed of this page"
            text="Measured here since the page was opened; nothing of it is sent."
          >
            <PageMetrics />
          </SettingsSection>
          <QueryState query={health}>
            {(known) => (
              <>
                <SettingsSection title="Server">
                  <FactList facts={serverFacts(known, hasAccounts)} />
                </SettingsSection>
                <SettingsSection title="Health">
                  <HealthList health={known} />
                </SettingsSection>
                <SettingsSection
                  title="Limits"
                  text="Set by the operator of the server, in its environment."
                >
                  <FactList facts={limitFacts(known.limits)} />
                </SettingsSection>
              </>
            )}
          </QueryState>
          <SettingsSection
            title="Data and access"
            text="Runs, conversations and usage lie in the server's data folder (SERGAS_DATA_DIR) or in its PostgreSQL (SERGAS_DATABASE_URL); back those up. Access tokens are SERGAS_TOKENS; sergas serve --auto-token makes one at each start. This browser keeps its token until you sign out."
          />
          <SettingsSection title="Keyboard">
            <ShortcutList />
          </SettingsSection>
        </div>
      </div>
    </>
  );
}

function serverFacts(known: Health, hasAccounts: boolean) {
  const { version, runtime, model, workflows, memory, ...health } = known;
  const isByRules = runtime === "rules";
  return [
    { label: "Version", value: version },
    // What agents of one's own do without the server's model, only they know.
    ...(hasAccounts || !isByRules
      ? [{ label: "Agents think with", value: isByRules ? "rules, no model" : runtime }]
      : []),
    { label: "Model", value: model === "" ? "none" : model },
    { label: "Store", value: health.components.database?.detail ?? "unknown" },
    { label: "Workflows", value: workflows.map((name) => name.replaceAll("_", " ")).join(", ") },
    { label: "Runs at work here", value: String(health.active_workflows) },
    {
      label: "Memory of this server",
      value: memory === undefined ? "unknown" : `${Math.round(memory.rss_bytes / 2 ** 20)} MiB`,
    },
  ];
}

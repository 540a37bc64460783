/** Who says a message: the subagent run's id is `<runId>:<agent>:<attempt>`. */
import type { RunView } from "./run-view";

export function speakerOf(
  subagentRunId: string | undefined,
  runs: Readonly<Record<string, RunView>>,
): string | undefined {
  const name = subagentRunId?.split(":").at(-2);
  if (name === undefined || name === "") return undefined;
  for (const run of Object.values(runs)) {
    const title = run.workflow?.agents[name]?.title;
    if (title !== undefined) return title;
  }
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

import type { RunStatus } from "../client/api-schema";
import { useTexts } from "../hooks/texts";

export interface RunAnnouncerProps {
  readonly title: string;
  readonly status: RunStatus | undefined;
  readonly currentAgent: string;
}

/** Tells a screen reader what changed about the run; never the text that streams. */
export function RunAnnouncer({ title, status, currentAgent }: RunAnnouncerProps) {
  const texts = useTexts();
  const now =
    status === "running" && currentAgent !== "" ? `, ${texts.isWorking(currentAgent)}` : "";
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {status === undefined ? "" : `${title}: ${texts.run[status]}${now}`}
    </p>
  );
}

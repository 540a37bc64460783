import { X } from "lucide-react";
import { ChoiceBar } from "../lists/choice-bar";
import { SearchField } from "../lists/search-field";
import { SelectField } from "../lists/select-field";
import type { RunSearch } from "./run-filter";

export interface RunFiltersProps {
  readonly search: RunSearch;
  /** The workflows that runs of this server had lately. */
  readonly workflows: readonly string[];
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void;
}

const STATUSES = [
  { value: undefined, label: "All" },
  { value: "running", label: "Running" },
  { value: "queued", label: "Queued" },
  { value: "interrupted", label: "Waiting for you" },
  { value: "completed", label: "Completed" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Stopped" },
] as const;

const TIMES = [
  { value: "", label: "Any time" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
] as const;

export function RunFilters({ search, workflows, onChange }: RunFiltersProps) {
  const { status, workflow, thread, since, q } = search;
  const named = workflow === undefined ? workflows : [...new Set([workflow, ...workflows])].sort();
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 sm:px-6">
      <ChoiceBar<RunSearch["status"]>
        label="Status"
        current={status}
        choices={STATUSES}
        onPick={(next) => onChange({ status: next })}
      />
      <SelectField
        label="Workflow"
        value={workflow ?? ""}
        choices={[
          { value: "", label: "All workflows" },
          ...named.map((name) => ({ value: name, label: name.replaceAll("_", " ") })),
        ]}
        onPick={(next) => onChange({ workflow: next })}
      />
      <SelectField
        label="Time"
        value={since ?? ""}
        choices={TIMES}
        onPick={(next) => onChange({ since: next })}
      />
      {thread !== undefined && (
        <button
          type="button"
          onClick={() => onChange({ thread: undefined })}
          aria-label="Show the runs of all conversations"
          className="button h-7 px-2 text-xs"
        >
          One conversation
          <X aria-hidden size={12} />
        </button>
      )}
      <SearchField label="Search these runs" value={q} onChange={(text) => onChange({ q: text })} />
    </div>
  );
}

import { z } from "zod";
import { ChoiceBar } from "../lists/choice-bar";
import { SearchField } from "../lists/search-field";

/** Which conversations are shown, as the address says it. */
export const threadSearchSchema = z.object({
  q: z.string().max(100).catch(""),
  show: z.enum(["archived"]).optional().catch(undefined),
});
export type ThreadSearch = z.infer<typeof threadSearchSchema>;

export interface ThreadFiltersProps {
  readonly search: ThreadSearch;
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void;
}

const KINDS = [
  { value: undefined, label: "Current" },
  { value: "archived", label: "Archived" },
] as const;

export function ThreadFilters({ search: { q, show }, onChange }: ThreadFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 sm:px-6">
      <ChoiceBar<ThreadSearch["show"]>
        label="Which conversations"
        current={show}
        choices={KINDS}
        onPick={(next) => onChange({ show: next })}
      />
      <SearchField
        label="Search conversations"
        value={q}
        onChange={(text) => onChange({ q: text })}
      />
    </div>
  );
}

import { Search } from "lucide-react";

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <span className="relative ms-auto w-56 max-sm:w-full">
      <Search
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-1/2 start-2.5 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        data-search
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-surface pe-2 ps-8 text-[13px] placeholder:text-ink-3 max-lg:h-10"
      />
    </span>
  );
}

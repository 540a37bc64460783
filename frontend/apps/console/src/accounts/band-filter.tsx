import { BANDS } from "../brief/bands";
import { ChoiceBar } from "../lists/choice-bar";
import type { AccountRow, Band } from "./accounts-api";

export interface BandFilterProps {
  readonly rows: readonly AccountRow[];
  readonly band: Band | undefined;
  readonly onBand: (band: Band | undefined) => void;
}

const ORDER = ["critical", "at_risk", "watch", "healthy"] as const;

/** How many accounts stand how; press one to see only those. */
export function BandFilter({ rows, band, onBand }: BandFilterProps) {
  return (
    <ChoiceBar
      label="Attention"
      current={band}
      onPick={onBand}
      choices={[
        { value: undefined, label: "All", count: rows.length },
        ...ORDER.map((value) => ({
          value,
          label: BANDS[value].label,
          count: rows.filter((row) => row.band === value).length,
        })),
      ]}
    />
  );
}

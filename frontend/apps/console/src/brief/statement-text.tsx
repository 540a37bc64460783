import { EvidenceMarks } from "./evidence-marks";

export interface StatementTextProps {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** A sentence that never parts from its sources. */
export function StatementText({ text, evidence }: StatementTextProps) {
  return (
    <>
      {text}
      {"\u00a0"}
      <EvidenceMarks ids={evidence} />
    </>
  );
}

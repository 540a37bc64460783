import { z } from "zod";
import { BackLink } from "../layout/back-link";
import { Notice } from "../layout/notice";
import { PageHeader } from "../layout/page-header";
import { hrefOfScreen } from "../routing/screens";
import { useSearch } from "../routing/use-search";
import { Comparison } from "./comparison";

const id = z.string().min(1).max(200).optional().catch(undefined);
const searchSchema = z.object({ a: id, b: id });

/** Two runs side by side. */
export function CompareScreen() {
  const [{ a, b }] = useSearch(searchSchema);
  return (
    <>
      <PageHeader
        title="Two runs"
        note={<BackLink href={hrefOfScreen("runs")} label="All runs" />}
      />
      {a === undefined || b === undefined ? (
        <Notice
          title="Two runs are needed"
          text="Pick two in the list of runs, then compare them."
        />
      ) : (
        <Comparison a={a} b={b} />
      )}
    </>
  );
}

import { ChevronLeft } from "lucide-react";
import { Link } from "wouter";
import { z } from "zod";
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
        note={
          <Link
            href={hrefOfScreen("runs")}
            className="inline-flex items-center gap-0.5 text-ink-2 hover:text-ink"
          >
            <ChevronLeft aria-hidden size={13} className="rtl:rotate-180" />
            All runs
          </Link>
        }
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

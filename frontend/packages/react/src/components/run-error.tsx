import { CircleAlert } from "lucide-react";
import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import type { RunFault } from "../state/run-view";
import { CopyButton } from "./copy-button";
import { asSentence } from "./run-fault";

export interface RunErrorProps {
  readonly fault: RunFault;
  /** What a retry would do. */
  readonly advice: string | undefined;
}

/** Why a run failed, whether another try can help, and from when on. */
export function RunError({ fault, advice }: RunErrorProps) {
  const texts = useTexts();
  const { at, retryAfterS = 0 } = fault;
  const readyAt = at === undefined ? 0 : at + retryAfterS * 1000;
  const now = useNow(readyAt > Date.now());
  const waitS = Math.max(0, Math.ceil((readyAt - now) / 1000));
  return (
    <section
      data-testid="run-error"
      data-recoverable={fault.isRecoverable}
      className="flex gap-2.5 rounded-lg border border-bad/30 bg-bad-soft px-3 py-2.5"
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-bad" />
      <div className="min-w-0 flex-1 text-[13px] leading-5">
        <p className="font-medium [overflow-wrap:anywhere] text-ink">
          <bdi>{asSentence(fault.message)}</bdi>
        </p>
        <p className="text-ink-2">
          {texts.endedHere} {fault.isRecoverable ? texts.recoverable : texts.notRecoverable}{" "}
          {advice}
        </p>
        <div className="mt-1.5 flex flex-wrap items-center gap-2 text-xs text-ink-3">
          {waitS > 0 && <span className="tabular-nums">{texts.retryIn(waitS)}</span>}
          <span className="ms-auto flex items-center gap-1">
            <code>{fault.code}</code>
            <CopyButton text={fault.code} label={texts.copyId} />
          </span>
        </div>
      </div>
    </section>
  );
}

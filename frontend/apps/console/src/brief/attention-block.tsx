import { TONE_TEXT } from "@sergas/react";
import { AttentionFactors } from "./attention-factors";
import { BANDS } from "./bands";
import type { Brief } from "./brief-schema";
import { StatementText } from "./statement-text";

export interface AttentionBlockProps {
  readonly attention: NonNullable<Brief["attention"]>;
}

/** The score, what it rests on, and how much of the data was there. */
export function AttentionBlock({ attention }: AttentionBlockProps) {
  const { score, band, coverage, provisional, reasons = [], factors = [] } = attention;
  const words = BANDS[band];
  return (
    <section aria-label="Attention score" className="mt-5 rounded-lg border border-line">
      <div className="grid gap-x-6 gap-y-3 p-4 sm:grid-cols-[11rem_1fr]">
        <div>
          <p className="flex items-baseline gap-2">
            <span className="text-[32px] leading-9 font-semibold tracking-tight tabular-nums">
              {Math.round(score)}
            </span>
            <span className={`text-sm font-semibold ${TONE_TEXT[words.tone]}`}>{words.label}</span>
          </p>
          <Scale score={score} />
          <p className="mt-2 text-xs leading-4 text-ink-3">
            Attention score, 0 to 100. {Math.round(coverage * 100)}&nbsp;% of the data was there
            {provisional ? ", so it is provisional." : "."}
            {isCapped(attention) && " A critical flag keeps it from a better band."}
          </p>
        </div>
        <ol className="flex flex-col gap-2 text-[13px] leading-5 text-ink">
          {reasons.slice(0, 3).map((reason) => (
            <li key={reason.text} className="border-s-2 border-line-strong ps-3">
              <StatementText {...reason} />
            </li>
          ))}
        </ol>
      </div>
      {factors.length > 0 && <AttentionFactors factors={factors} />}
    </section>
  );
}

/** The score alone would put it higher; the analysis lets no critical flag pass. */
function isCapped({ score, band }: AttentionBlockProps["attention"]): boolean {
  return band === "at_risk" && score >= 50;
}

function Scale({ score }: { readonly score: number }) {
  return (
    <div aria-hidden className="relative mt-2 h-1.5">
      <div className="absolute inset-0 grid grid-cols-4 gap-0.5">
        {(["critical", "at_risk", "watch", "healthy"] as const).map((band) => (
          <span key={band} className={`rounded-full ${BANDS[band].fill}`} />
        ))}
      </div>
      <span
        className="absolute -top-1 h-3.5 w-1 -translate-x-1/2 rounded-full rtl:translate-x-1/2 border border-surface bg-ink"
        style={{ insetInlineStart: `${Math.min(100, Math.max(0, score))}%` }}
      />
    </div>
  );
}

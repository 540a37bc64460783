import { TONE_TEXT, type Tone, useLiveRuns } from "@sergas/react";
import { useAsking } from "../chat/ask-context";

export interface AccountChoice {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly detail: string;
  readonly score?: { readonly value: number; readonly label: string; readonly tone: Tone };
}

export interface AccountChoicesProps {
  readonly testId: string;
  readonly title: string;
  readonly text: string;
  readonly choices: readonly AccountChoice[];
}

/** Accounts to go on with, one press each. */
export function AccountChoices({ testId, title, text, choices }: AccountChoicesProps) {
  const { threadId } = useLiveRuns();
  const { ask } = useAsking();
  const analyze = (number: string) => ask(`Analyze account ${number}`, threadId);
  return (
    <section data-testid={testId} aria-label={title} className="mx-auto max-w-[38rem] px-6 py-12">
      <h2 className="text-sm font-semibold">{title}</h2>
      <p className="mt-1 text-[13px] leading-5 text-ink-2">{text}</p>
      <ul className="mt-4 divide-y divide-line overflow-hidden rounded-lg border border-line">
        {choices.map(({ id, number, name, detail, score }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => analyze(number)}
              className="flex w-full items-center gap-3 px-4 py-2.5 text-start text-[13px] leading-5 hover:bg-hover"
            >
              {score && (
                <span className="w-14 shrink-0">
                  <span className="block text-base leading-5 font-semibold tabular-nums">
                    {score.value}
                  </span>
                  <span className={`text-[11px] font-medium ${TONE_TEXT[score.tone]}`}>
                    {score.label}
                  </span>
                </span>
              )}
              <span className="min-w-0 flex-1">
                <span className="font-medium">{name}</span>
                <span className="ms-2 text-xs text-ink-3">{number}</span>
                {detail !== "" && <span className="block text-ink-2">{detail}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

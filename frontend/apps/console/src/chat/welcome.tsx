import type { ReactElement } from "react";
import { useServerInfo } from "../session/server-context";

export interface WelcomeProps {
  readonly input: ReactElement;
  readonly suggestionView: ReactElement;
}

/** The first screen: what this is, what it works with, three things to try. */
export function Welcome({ input, suggestionView }: WelcomeProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto" data-testid="welcome">
      <div className="m-auto w-full max-w-[38rem] px-4 py-8">
        <h2 className="text-[22px] leading-8 font-semibold tracking-tight text-balance text-ink">
          Know where an account stands before you call
        </h2>
        <p className="mt-2 max-w-[34rem] text-sm leading-6 text-ink-2">
          Three agents read the CRM and the account's history, then write a brief: what changed,
          what was promised, what to do next. Every statement points to the record behind it.
        </p>
        <RuntimeLine />
        <div className="suggestions mt-6 overflow-hidden rounded-lg border border-line bg-surface">
          {suggestionView}
        </div>
        <div className="mt-4">{input}</div>
      </div>
    </div>
  );
}

function RuntimeLine() {
  const { runtime, model } = useServerInfo();
  if (runtime === "") return null;
  const text =
    runtime === "rules"
      ? "Rules runtime: briefs are computed from the records. No model is used, nothing leaves this server."
      : `The agents think with ${model === "" ? runtime : model}.`;
  return (
    <p className="mt-3 flex items-start gap-2 text-[13px] leading-5 text-ink-2">
      <span aria-hidden className="mt-[7px] size-1.5 shrink-0 rounded-full bg-ok" />
      {text}
    </p>
  );
}

import type { ReactElement } from "react";
import { useServerInfo } from "../session/server-context";
import { AgentChoice } from "./agent-choice";
import { chatWords } from "./chat-words";
import { useThreadAgent } from "./use-thread-agent";

export interface WelcomeProps {
  readonly input: ReactElement;
  readonly suggestionView: ReactElement;
}

/** The first screen: whom one talks to, what it works with, things to try. */
export function Welcome({ input, suggestionView }: WelcomeProps) {
  const { agent } = useThreadAgent();
  const { title, text, thinking } = chatWords(useServerInfo(), agent);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto" data-testid="welcome">
      <div className="m-auto w-full max-w-[38rem] px-4 py-8">
        <h2 className="text-[22px] leading-8 font-semibold tracking-tight text-balance text-ink">
          <bdi>{title}</bdi>
        </h2>
        {text !== "" && (
          <p className="mt-2 max-w-[34rem] text-sm leading-6 text-ink-2">
            <bdi>{text}</bdi>
          </p>
        )}
        {thinking !== undefined && (
          <p className="mt-3 flex items-start gap-2 text-[13px] leading-5 text-ink-2">
            <span aria-hidden className="mt-[7px] size-1.5 shrink-0 rounded-full bg-ok" />
            {thinking}
          </p>
        )}
        <div className="suggestions mt-6 hidden overflow-hidden rounded-lg border border-line bg-surface has-data-[testid=suggestion-chip]:block">
          {suggestionView}
        </div>
        <div className="mt-4">{input}</div>
        <AgentChoice />
      </div>
    </div>
  );
}

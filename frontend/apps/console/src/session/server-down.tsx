import { faultFrom, type Problem } from "@sergas/react";
import { CardPage } from "./card-page";

export interface ServerDownProps {
  readonly problem: Problem;
  readonly isTrying: boolean;
  readonly onRetry: () => void;
}

export function ServerDown({ problem, isTrying, onRetry }: ServerDownProps) {
  const fault = faultFrom(problem);
  return (
    <CardPage title={fault.title}>
      <div role="alert" className="flex flex-col gap-3 text-[13px] leading-5 text-ink-2">
        <p>
          {fault.meaning} {fault.advice}
        </p>
        <p className="text-ink-3">
          This page tries again every few seconds. Code <code>{fault.requestId ?? fault.code}</code>
        </p>
        <button
          type="button"
          onClick={onRetry}
          disabled={isTrying}
          className="button h-9 justify-center"
        >
          {isTrying ? "Trying" : "Try now"}
        </button>
      </div>
    </CardPage>
  );
}

import { faultFrom, problemFrom } from "@sergas/react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Notice } from "../layout/notice";
import { ScreenLoading } from "../layout/screen-loading";

export interface QueryStateProps<T> {
  readonly query: Pick<UseQueryResult<T>, "error" | "isFetching"> & {
    readonly data: T | undefined;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}

/** What is loading, what failed and how to try again; what was read before stays in sight. */
export function QueryState<T>({ query, children }: QueryStateProps<T>) {
  const { data, error, isFetching, refetch } = query;
  if (data === undefined && error === null) return <ScreenLoading />;
  const fault = error === null ? undefined : faultFrom(problemFrom(error));
  const again = (
    <button
      type="button"
      disabled={isFetching}
      onClick={() => void refetch()}
      className="button h-7 px-2.5 text-xs"
    >
      {isFetching ? "Trying" : "Try again"}
    </button>
  );
  if (data === undefined) {
    return (
      <Notice
        role="alert"
        title={fault?.title ?? "Something went wrong"}
        text={`${fault?.meaning ?? ""} ${fault?.advice ?? ""}`}
      >
        <p className="my-2 text-xs text-ink-3">
          <code>{fault?.requestId ?? fault?.code}</code>
        </p>
        {again}
      </Notice>
    );
  }
  return (
    <>
      {fault && (
        <div
          role="alert"
          className="flex items-center gap-3 border-b border-line bg-wait-soft px-4 py-1.5 text-xs text-ink-2 sm:px-6"
        >
          <span className="min-w-0 flex-1">{fault.title}. This is what it said last.</span>
          {again}
        </div>
      )}
      {children(data)}
    </>
  );
}

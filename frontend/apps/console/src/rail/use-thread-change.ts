import { type Api, problemFrom, type Thread, useLiveRuns } from "@sergas/react";
import { useMutation } from "@tanstack/react-query";
import { archiveThread, changeThread, deleteThread } from "./threads-api";

export type ThreadChange =
  | { readonly kind: "rename"; readonly thread: Thread; readonly name: string }
  | { readonly kind: "archive" | "restore" | "delete"; readonly thread: Thread };

/** Change a conversation at the server; the list shows it when the server says so. */
export function useThreadChange() {
  const { api, dispatch } = useLiveRuns();
  return useMutation({
    mutationFn: (change: ThreadChange) => carryOut(api, change),
    onError: (error) => dispatch({ type: "problem", problem: problemFrom(error) }),
  });
}

function carryOut(api: Api, change: ThreadChange): Promise<unknown> {
  switch (change.kind) {
    case "rename":
      return changeThread(api, change.thread, { name: change.name });
    case "restore":
      return changeThread(api, change.thread, { archived: false });
    case "archive":
      return archiveThread(api, change.thread);
    case "delete":
      return deleteThread(api, change.thread);
  }
}

import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useSendQueue } from "../src/chat/use-send-queue";

afterEach(cleanup);

function setUp(isRunning: boolean) {
  const runs: (() => void)[] = [];
  const send = vi.fn((_: string) => new Promise<void>((end) => runs.push(end)));
  const endRun = () => act(async () => runs.shift()?.());
  const hook = renderHook(
    (props: { isRunning: boolean; threadId: string }) => useSendQueue({ ...props, send }),
    { initialProps: { isRunning, threadId: "t1" } },
  );
  return { send, endRun, hook };
}

test("without a run a message is sent at once", () => {
  const { send, hook } = setUp(false);

  act(() => hook.result.current.submit("hello"));

  expect(send).toHaveBeenCalledWith("hello");
  expect(hook.result.current.waiting).toEqual([]);
});

test("while a run is at work messages wait in sight, and go one per run", async () => {
  const { send, endRun, hook } = setUp(true);
  act(() => hook.result.current.submit("first"));
  act(() => hook.result.current.submit("second"));
  expect(hook.result.current.waiting.map(({ text }) => text)).toEqual(["first", "second"]);
  expect(send).not.toHaveBeenCalled();

  hook.rerender({ isRunning: false, threadId: "t1" });
  expect(send.mock.calls).toEqual([["first"]]);
  await endRun();
  expect(send.mock.calls).toEqual([["first"], ["second"]]);
});

test("a queued message can be taken back, and belongs to its conversation", () => {
  const { send, hook } = setUp(true);
  act(() => hook.result.current.submit("first"));

  hook.rerender({ isRunning: false, threadId: "t2" });
  expect(hook.result.current.waiting).toEqual([]);
  expect(send).not.toHaveBeenCalled();

  hook.rerender({ isRunning: true, threadId: "t1" });
  act(() => hook.result.current.remove(hook.result.current.waiting[0]?.id ?? ""));
  expect(hook.result.current.waiting).toEqual([]);
});

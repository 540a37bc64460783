import { expect, test } from "vitest";
import { withMarks } from "../src/chat/markdown-section";
import type { ChatMessage } from "../src/chat/tool-block";
import { toolBlocks } from "../src/chat/tool-block";
import { callerOf } from "../src/chat/tool-block-view";

function call(id: string, content = ""): ChatMessage {
  const calls = [{ id, type: "function", function: { name: "find", arguments: "{}" } } as const];
  return { id: `m-${id}`, role: "assistant", content, toolCalls: [...calls] };
}

function result(toolCallId: string): ChatMessage {
  return { id: `r-${toolCallId}`, role: "tool", toolCallId, content: "found" };
}

const text: ChatMessage = { id: "said", role: "assistant", content: "It is done." };
const empty: ChatMessage = { id: "empty", role: "assistant", content: "" };

function idsAt(messages: ChatMessage[], messageId: string) {
  return (toolBlocks(messages).get(messageId) ?? []).map(({ id }) => id);
}

test("calls in a row are one block, at the first of them", () => {
  const messages = [call("a"), result("a"), empty, call("b"), text, call("c")];

  expect(idsAt(messages, "m-a")).toEqual(["a", "b"]);
  expect(idsAt(messages, "m-b")).toEqual([]);
  expect(idsAt(messages, "said")).toEqual([]);
  expect(idsAt(messages, "m-c")).toEqual(["c"]);
});

test("a message with a text begins a block of its own", () => {
  const messages = [call("a"), call("b", "Now I look."), call("c")];

  expect(idsAt(messages, "m-a")).toEqual(["a"]);
  expect(idsAt(messages, "m-b")).toEqual(["b", "c"]);
});

test("a call has its result as soon as there is one", () => {
  const [done, open] = toolBlocks([call("a"), result("a"), call("b")]).get("m-a") ?? [];

  expect(done?.result).toBe("found");
  expect(open?.result).toBeUndefined();
});

test("the caller is the subagent run in the call's id", () => {
  expect(callerOf("run-1:scout:1:t1")).toBe("run-1:scout:1");
  expect(callerOf("elsewhere")).toBeUndefined();
});

test("numbers of sources become marks; other numbers stay", () => {
  const numberOf = (id: string) => (["S101", "S22"].includes(id) ? id : undefined);

  expect(withMarks("Left. [101][22] [33]", { numberOf })).toBe(
    "Left. [101](#source-S101)[22](#source-S22) [33]",
  );
});

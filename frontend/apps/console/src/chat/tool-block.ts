/** Which tool calls of a conversation follow each other without a word in between. */
import type { ChatMessage, ChatMessages } from "./messages-context";

export interface BlockCall {
  readonly id: string;
  readonly name: string;
  readonly args: string;
  readonly result: string | undefined;
}

/** The calls of the block that begins at this message; none when they belong to an earlier one. */
export function toolBlockAt(messages: ChatMessages, messageId: string): readonly BlockCall[] {
  const shown = messages.filter(isShown);
  const start = shown.findIndex(({ id }) => id === messageId);
  const first = shown[start];
  if (first === undefined || callsOf(first).length === 0) return [];
  const before = shown[start - 1];
  const isContinued = before !== undefined && callsOf(before).length > 0 && !hasText(first);
  if (isContinued) return [];
  const rest = shown.slice(start + 1);
  const end = rest.findIndex((message) => callsOf(message).length === 0 || hasText(message));
  const block = [first, ...(end === -1 ? rest : rest.slice(0, end))];
  return block.flatMap(callsOf).map((call) => ({
    id: call.id,
    name: call.function.name,
    args: call.function.arguments,
    result: resultOf(messages, call.id),
  }));
}

export function hasText(message: ChatMessage): boolean {
  return typeof message.content === "string" && message.content.trim() !== "";
}

function callsOf(message: ChatMessage) {
  return message.role === "assistant" ? (message.toolCalls ?? []) : [];
}

/** Results are drawn with their calls, and a message without anything is not drawn at all. */
function isShown(message: ChatMessage): boolean {
  if (message.role === "tool") return false;
  return message.role !== "assistant" || hasText(message) || callsOf(message).length > 0;
}

function resultOf(messages: ChatMessages, callId: string): string | undefined {
  const result = messages.find(
    (message) => message.role === "tool" && message.toolCallId === callId,
  );
  return typeof result?.content === "string" ? result.content : undefined;
}

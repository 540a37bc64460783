/** Which tool calls of a conversation follow each other without a word in between. */
import type { CopilotChatViewProps } from "@copilotkit/react-core/v2";

export type ChatMessages = NonNullable<CopilotChatViewProps["messages"]>;
export type ChatMessage = ChatMessages[number];

export interface BlockCall {
  readonly id: string;
  readonly name: string;
  readonly args: string;
  readonly result: string | undefined;
}

/** The calls of each block, by the message that it begins at; found in one pass over all messages. */
export function toolBlocks(messages: ChatMessages): ReadonlyMap<string, readonly BlockCall[]> {
  const results = resultsOf(messages);
  const blocks = new Map<string, BlockCall[]>();
  let block: BlockCall[] | undefined;
  for (const message of messages.filter(isShown)) {
    const calls = callsOf(message);
    if (calls.length === 0) {
      block = undefined;
      continue;
    }
    if (block === undefined || hasText(message)) {
      block = [];
      blocks.set(message.id, block);
    }
    for (const { id, function: called } of calls) {
      block.push({ id, name: called.name, args: called.arguments, result: results.get(id) });
    }
  }
  return blocks;
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

function resultsOf(messages: ChatMessages): ReadonlyMap<string, string> {
  const results = new Map<string, string>();
  for (const message of messages) {
    if (message.role !== "tool" || typeof message.content !== "string") continue;
    if (!results.has(message.toolCallId)) results.set(message.toolCallId, message.content);
  }
  return results;
}

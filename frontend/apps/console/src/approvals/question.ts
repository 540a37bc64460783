/** What a question shows of the tool call that it is about. */
import { type Interrupt, isJsonObject, type Json, type RunView } from "@sergas/react";

/** A question without details of its own shows what the tool would get. */
export function withArguments(interrupt: Interrupt, tools: RunView["tools"]): Interrupt {
  const call = tools.find(({ id }) => id === interrupt.toolCallId);
  if (call === undefined || interrupt.details !== undefined) return interrupt;
  const after = parsed(call.args);
  return isJsonObject(after) ? { ...interrupt, details: { after } } : interrupt;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a question shows of the tool call that it is about. */
import type { Interrupt } from "../client/interrupts";
import { isJsonObject, parseJson } from "../client/json";
import type { ToolCallView } from "./run-view";

/** A question without details of its own shows what the tool would get. */
export function withArguments(interrupt: Interrupt, tools: readonly ToolCallView[]): Interrupt {
  const call = tools.find(({ id }) => id === interrupt.toolCallId);
  if (call === undefined || interrupt.details !== undefined) return interrupt;
  const after = parseJson(call.args);
  return isJsonObject(after) ? { ...interrupt, details: { after } } : interrupt;
}

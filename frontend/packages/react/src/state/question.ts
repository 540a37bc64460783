/** What a question shows of the tool call that it is about, and which kind of answer it wants. */
import type { Interrupt } from "../client/interrupts";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../client/json";
import type { RunView, ToolCallView } from "./run-view";

/** The tool calls that go on once a person has answered. */
export function askedCalls(...runs: readonly RunView[]): readonly string[] {
  return runs
    .filter(({ status }) => status === "interrupted")
    .flatMap(({ interrupts }) => interrupts.flatMap(({ toolCallId }) => toolCallId ?? []));
}

/** What a person gives back; who gives no answer cancels. */
export type Reply = { readonly status: "resolved"; readonly payload: Json } | Cancelled;

interface Cancelled {
  readonly status: "cancelled";
}

/** An approval takes a yes or a no; anything else has a form, after its schema. */
export type Question =
  | {
      readonly kind: "approval";
      readonly hasReason: boolean;
      /** What the tool would get, where a person may change it. */
      readonly editable: JsonObject | undefined;
    }
  | { readonly kind: "form"; readonly schema: JsonObject };

/** A question without details of its own shows what the tool would get. */
export function withArguments(interrupt: Interrupt, tools: readonly ToolCallView[]): Interrupt {
  const call = tools.find(({ id }) => id === interrupt.toolCallId);
  if (call === undefined || interrupt.details !== undefined) return interrupt;
  const args = parseJson(call.args);
  return isJsonObject(args) ? { ...interrupt, details: { arguments: args } } : interrupt;
}

/** A question that says nothing of its answer is an approval. */
export function questionOf({
  responseSchema: schema,
  details,
}: Pick<Interrupt, "responseSchema" | "details">): Question {
  if (schema === undefined) return { kind: "approval", hasReason: true, editable: undefined };
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  if (!isJsonObject(properties.approved)) return { kind: "form", schema };
  const args = isJsonObject(details?.arguments) ? details.arguments : undefined;
  const editable = "editedArgs" in properties ? args : undefined;
  return { kind: "approval", hasReason: "reason" in properties, editable };
}

/** The AG-UI events that we fold, parsed at the edge; everything else is passed over. */
import { z } from "zod";
import { interruptSchema } from "./interrupts";
import { type Json, type JsonObject, parseJson } from "./json";

const json = z.custom<Json>(() => true);
const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);
const operation = z.object({
  op: z.enum(["add", "remove", "replace", "move", "copy", "test"]),
  path: z.string(),
  from: z.string().optional(),
  value: json.optional(),
});
const scope = { subagentRunId: z.string().optional(), timestamp: z.number().optional() };
const metadata = jsonObject.optional();

const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("RUN_STARTED"), threadId: z.string(), runId: z.string(), ...scope }),
  z.object({
    type: z.literal("RUN_FINISHED"),
    outcome: z
      .object({ type: z.string(), interrupts: z.array(interruptSchema).optional().catch([]) })
      .optional(),
    metadata,
    ...scope,
  }),
  z.object({
    type: z.literal("RUN_ERROR"),
    message: z.string(),
    code: z.string().optional(),
    metadata,
    ...scope,
  }),
  z.object({
    type: z.literal("MESSAGES_SNAPSHOT"),
    messages: z.array(z.object({ id: z.string() })),
    ...scope,
  }),
  z.object({ type: z.literal("STATE_SNAPSHOT"), snapshot: json, ...scope }),
  z.object({ type: z.literal("STATE_DELTA"), delta: z.array(operation), ...scope }),
  z.object({
    type: z.literal("ACTIVITY_SNAPSHOT"),
    messageId: z.string(),
    activityType: z.string(),
    content: jsonObject,
    ...scope,
  }),
  z.object({
    type: z.literal("ACTIVITY_DELTA"),
    messageId: z.string(),
    activityType: z.string(),
    patch: z.array(operation),
    ...scope,
  }),
  z.object({
    type: z.literal("SUBAGENT_STARTED"),
    name: z.string(),
    parentSubagentRunId: z.string().optional(),
    metadata,
    ...scope,
    subagentRunId: z.string(),
  }),
  z.object({
    type: z.literal("SUBAGENT_FINISHED"),
    outcome: z.object({ type: z.string() }).optional(),
    ...scope,
    subagentRunId: z.string(),
  }),
  z.object({
    type: z.literal("SUBAGENT_ERROR"),
    message: z.string(),
    code: z.string().optional(),
    metadata,
    ...scope,
    subagentRunId: z.string(),
  }),
  z.object({ type: z.literal("TEXT_MESSAGE_START"), messageId: z.string(), ...scope }),
  z.object({
    type: z.literal("TEXT_MESSAGE_CONTENT"),
    messageId: z.string(),
    delta: z.string(),
    ...scope,
  }),
  z.object({
    type: z.literal("TOOL_CALL_START"),
    toolCallId: z.string(),
    toolCallName: z.string(),
    ...scope,
  }),
  z.object({
    type: z.literal("TOOL_CALL_ARGS"),
    toolCallId: z.string(),
    delta: z.string(),
    ...scope,
  }),
  z.object({
    type: z.literal("TOOL_CALL_RESULT"),
    toolCallId: z.string(),
    content: z.union([z.string(), z.array(json).transform((parts) => JSON.stringify(parts))]),
    metadata,
    ...scope,
  }),
]);

export type AgUiEvent = z.infer<typeof eventSchema>;
export type PatchOperation = z.infer<typeof operation>;

/** Parse the data of one frame; undefined for events that say nothing to a dashboard. */
export function parseEvent(data: string): AgUiEvent | undefined {
  const parsed = eventSchema.safeParse(parseJson(data));
  return parsed.success ? parsed.data : undefined;
}

/** What a run asks a person before it goes on, and the answer. */
import { z } from "zod";
import type { Json, JsonObject } from "./json";

const object = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

export const interruptSchema = z
  .object({
    id: z.string(),
    reason: z.string().catch("input_required"),
    message: z.string().catch(""),
    toolCallId: z.string().optional(),
    expiresAt: z.string().optional(),
    responseSchema: object.optional(),
    metadata: z
      .object({
        agent: z.string().catch(""),
        details: object.optional(),
        expiresAt: z.string().optional(),
      })
      .catch({ agent: "" }),
  })
  .transform(({ metadata, ...interrupt }) => ({
    ...interrupt,
    /** For CopilotKit's clients it stands in the metadata. */
    expiresAt: interrupt.expiresAt ?? metadata.expiresAt,
    agent: metadata.agent,
    details: metadata.details,
  }));
export type Interrupt = z.infer<typeof interruptSchema>;

/** The answer to one interrupt; a run takes those to all of its interrupts at once. */
export interface InterruptAnswer {
  readonly interruptId: string;
  readonly status: "resolved" | "cancelled";
  readonly payload?: Json;
}

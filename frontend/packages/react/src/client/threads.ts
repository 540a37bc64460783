/** The list of conversations as the server tells it: a page, and what changes afterwards. */
import { z } from "zod";
import { parseJson } from "./json";
import { runStatusSchema } from "./run-record";

const threadSchema = z.object({
  id: z.string(),
  name: z.string().nullable().catch(null),
  agentId: z.string().catch("default"),
  archived: z.boolean().catch(false),
  updatedAt: z.string(),
  runCount: z.number().catch(0),
  lastRunAt: z.string().optional(),
  /** Of its active run, or else of its newest. */
  status: runStatusSchema.optional().catch(undefined),
});
export type Thread = z.infer<typeof threadSchema>;

export const threadPageSchema = z.object({
  threads: z.array(threadSchema),
  nextCursor: z.string().nullable().catch(null),
});
export type ThreadPage = z.infer<typeof threadPageSchema>;

const threadNewsSchema = z.discriminatedUnion("type", [
  threadPageSchema.extend({ type: z.literal("snapshot") }),
  z.object({ type: z.literal("thread"), thread: threadSchema }),
  z.object({ type: z.literal("deleted"), threadId: z.string() }),
]);
export type ThreadNews = z.infer<typeof threadNewsSchema>;

/** Parse the data of one frame of the list's stream; undefined for news of a kind we do not know. */
export function parseThreadNews(data: string): ThreadNews | undefined {
  const parsed = threadNewsSchema.safeParse(parseJson(data));
  return parsed.success ? parsed.data : undefined;
}

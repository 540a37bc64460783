/** The list of conversations as the server tells it: a page, and what changes afterwards. */
import { z } from "zod";
import { threadPageSchema, threadSchema } from "./api-schema";
import { parseJson } from "./json";

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

/** The brief as it grows in the shared state: any key may be missing, a broken item is left out. */
import { z } from "zod";

function listOf<T extends z.ZodTypeAny>(item: T) {
  return z
    .array(z.unknown())
    .transform((items): z.infer<T>[] =>
      items.flatMap((candidate) => {
        const parsed = item.safeParse(candidate);
        return parsed.success ? [parsed.data] : [];
      }),
    )
    .optional()
    .catch(undefined);
}

const evidence = z.array(z.string()).catch([]);
const text = z.string().catch("");
const optionalText = z.string().nullish().catch(undefined);
const statement = z.object({ text: z.string(), evidence });

const account = z.object({
  name: z.string(),
  number: text,
  owner: text,
  industry: text,
  city: text,
  country: text,
  contractValue: z.number().nullish(),
  currency: text,
  renewalDate: optionalText,
});
const attention = z.object({
  score: z.number(),
  band: z.enum(["healthy", "watch", "at_risk", "critical"]),
  coverage: z.number().catch(1),
  provisional: z.boolean().catch(false),
  reasons: listOf(statement),
  factors: listOf(
    z.object({
      key: z.string(),
      label: z.string(),
      points: z.number(),
      max: z.number(),
      reason: text,
      evidence,
    }),
  ),
});
const commitment = statement.extend({
  by: z.enum(["us", "them"]),
  who: text,
  due: optionalText,
  status: z.enum(["open", "kept", "late"]),
  overdueDays: z.number().nullish(),
});
const source = z.object({
  id: z.string(),
  module: text,
  recordId: text,
  label: text,
  field: optionalText,
  at: optionalText,
  excerpt: text,
});

export const briefSchema = z.object({
  method: optionalText,
  methodNote: optionalText,
  generatedAt: optionalText,
  account: account.optional().catch(undefined),
  headline: statement.optional().catch(undefined),
  attention: attention.optional().catch(undefined),
  changes: listOf(statement.extend({ at: optionalText })),
  flags: listOf(
    statement.extend({ key: z.string(), severity: z.enum(["critical", "high", "medium", "low"]) }),
  ),
  people: listOf(
    z.object({
      name: z.string(),
      title: text,
      role: text,
      status: z.enum(["active", "quiet", "left"]).catch("active"),
      lastContact: optionalText,
      evidence,
    }),
  ),
  deals: listOf(
    z.object({
      name: z.string(),
      stage: text,
      amount: z.number().nullish(),
      currency: text,
      closingDate: optionalText,
      daysInStage: z.number().nullish(),
      usualDays: z.number().nullish(),
      isOpen: z.boolean().catch(true),
      evidence,
    }),
  ),
  commitments: listOf(commitment),
  advice: listOf(
    statement.extend({
      at: optionalText,
      decision: text,
      reason: optionalText,
      outcome: optionalText,
    }),
  ),
  actions: listOf(
    z.object({
      key: z.string(),
      type: text,
      priority: z.enum(["now", "high", "medium", "low"]),
      title: z.string(),
      why: text,
      due: optionalText,
      draft: optionalText,
      evidence,
    }),
  ),
  gaps: listOf(z.object({ text: z.string() })),
  sources: listOf(source),
});

export type Brief = z.infer<typeof briefSchema>;
export type BriefSource = z.infer<typeof source>;
export type Statement = z.infer<typeof statement>;

export function parseBrief(value: unknown): Brief | undefined {
  const parsed = briefSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

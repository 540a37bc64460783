/** What a change would make of a record, field by field. */
import { isJsonObject, type Json, type JsonObject } from "../client/json";

export interface FieldChange {
  readonly field: string;
  /** Undefined where there is nothing yet. */
  readonly before: string | undefined;
  /** Undefined where it is taken away. */
  readonly after: string | undefined;
}

/**
 * The changes that the details of an interrupt tell: `before` and `after`, or `old` and `new`, whole
 * or inside the arguments of a tool call. Other arguments are shown as what is new.
 */
export function changesIn(details: JsonObject | undefined): readonly FieldChange[] {
  if (details === undefined) return [];
  const inner = isJsonObject(details.arguments) ? details.arguments : details;
  const before = inner.before ?? inner.old;
  const after = inner.after ?? inner.new;
  if (before !== undefined || after !== undefined) return between(before, after);
  return isJsonObject(details.arguments) ? between({}, details.arguments) : [];
}

function between(before: Json | undefined, after: Json | undefined): readonly FieldChange[] {
  const [old, changed] = [fieldsOf(before), fieldsOf(after)];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(changed)])];
  return fields
    .map((field) => ({ field, before: textOf(old[field]), after: textOf(changed[field]) }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: Json | undefined): JsonObject {
  if (isJsonObject(value)) return value;
  return value === undefined || value === null ? {} : { value };
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

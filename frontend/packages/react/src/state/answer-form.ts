/** The form of a question whose answer has a schema of its own, and the answer that it makes. */
import { isJsonObject, type Json, type JsonObject, parseJson } from "../client/json";

export interface Field {
  /** Empty where the answer is one value and no object. */
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly kind: "text" | "number" | "flag" | "choice" | "json";
  readonly choices: readonly Json[];
  readonly isRequired: boolean;
}

/** What was typed so far, by field; choices by their place, flags as `true`. */
export type Typed = Readonly<Record<string, string>>;

export function fieldsOf(schema: JsonObject): readonly Field[] {
  const { properties, required } = schema;
  if (!isJsonObject(properties)) return [fieldOf("", schema, true)];
  const needed: readonly Json[] = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, property]) =>
    fieldOf(name, isJsonObject(property) ? property : {}, needed.includes(name)),
  );
}

/** The answer; undefined while something is missing, or is not what its field wants. */
export function payloadOf(fields: readonly Field[], typed: Typed): Json | undefined {
  const values = new Map<string, Json>();
  for (const field of fields) {
    const text = typed[field.name] ?? "";
    const isLeftOut = text.trim() === "" && field.kind !== "flag";
    if (isLeftOut && !field.isRequired) continue;
    const value = isLeftOut ? undefined : readAs(field, text);
    if (value === undefined) return undefined;
    values.set(field.name, value);
  }
  return values.has("") ? values.get("") : Object.fromEntries(values);
}

function readAs({ kind, choices }: Field, text: string): Json | undefined {
  switch (kind) {
    case "flag":
      return text === "true";
    case "number":
      return Number.isFinite(Number(text)) ? Number(text) : undefined;
    case "choice":
      return choices[Number(text)];
    case "json":
      return parseJson(text);
    case "text":
      return text;
  }
}

function fieldOf(name: string, schema: JsonObject, isRequired: boolean): Field {
  const choices: readonly Json[] = Array.isArray(schema.enum) ? schema.enum : [];
  return {
    name,
    label: typeof schema.title === "string" ? schema.title : name,
    hint: typeof schema.description === "string" ? schema.description : undefined,
    kind: choices.length > 0 ? "choice" : kindOf(schema.type),
    choices,
    isRequired,
  };
}

function kindOf(type: Json | undefined): Field["kind"] {
  const types: readonly (Json | undefined)[] = Array.isArray(type) ? type : [type];
  switch (types.find((one) => one !== "null")) {
    case "string":
      return "text";
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "flag";
    default:
      return "json";
  }
}

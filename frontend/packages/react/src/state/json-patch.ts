/** RFC 6902, as much as the server sends; a patch that does not apply leaves the document as it was. */
import type { PatchOperation } from "../client/events";
import { isJsonObject, type Json } from "../client/json";

export function applyPatch(document: Json, operations: readonly PatchOperation[]): Json {
  try {
    return operations.reduce(applyOperation, document);
  } catch {
    return document;
  }
}

function applyOperation(document: Json, operation: PatchOperation): Json {
  const path = pointer(operation.path);
  switch (operation.op) {
    case "add":
      return edited(document, path, () => operation.value ?? null, "insert");
    case "replace":
      return edited(document, path, () => operation.value ?? null, "replace");
    case "remove":
      return edited(document, path, () => undefined, "replace");
    case "copy":
      return edited(document, path, () => found(document, pointer(operation.from ?? "")), "insert");
    case "move": {
      const from = pointer(operation.from ?? "");
      const value = found(document, from);
      return edited(
        edited(document, from, () => undefined, "replace"),
        path,
        () => value,
        "insert",
      );
    }
    case "test": {
      const isEqual = JSON.stringify(found(document, path)) === JSON.stringify(operation.value);
      if (!isEqual) throw new RangeError(`test failed at ${operation.path}`);
      return document;
    }
  }
}

type Mode = "insert" | "replace";

/** Copy the document along the path and put what `make` returns at its end (undefined removes). */
function edited(
  node: Json,
  path: readonly string[],
  make: () => Json | undefined,
  mode: Mode,
): Json {
  const [key, ...rest] = path;
  if (key === undefined) return make() ?? null;
  if (Array.isArray(node)) return editedList(node, key, rest, make, mode);
  if (!isJsonObject(node)) throw new RangeError(`no container at ${key}`);
  if (rest.length > 0) return { ...node, [key]: edited(node[key] ?? null, rest, make, mode) };
  const { [key]: _, ...others } = node;
  const value = make();
  return value === undefined ? others : { ...node, [key]: value };
}

function editedList(
  list: readonly Json[],
  key: string,
  rest: readonly string[],
  make: () => Json | undefined,
  mode: Mode,
): Json {
  const index = key === "-" ? list.length : Number(key);
  if (!Number.isInteger(index) || index < 0 || index > list.length) {
    throw new RangeError(`no index ${key}`);
  }
  const before = list.slice(0, index);
  if (rest.length > 0) {
    return [...before, edited(list[index] ?? null, rest, make, mode), ...list.slice(index + 1)];
  }
  const value = make();
  const after = list.slice(mode === "insert" && value !== undefined ? index : index + 1);
  return value === undefined ? [...before, ...after] : [...before, value, ...after];
}

function found(node: Json, path: readonly string[]): Json {
  return path.reduce<Json>((current, key) => {
    const child = Array.isArray(current)
      ? current[Number(key)]
      : isJsonObject(current)
        ? current[key]
        : undefined;
    if (child === undefined) throw new RangeError(`nothing at ${key}`);
    return child;
  }, node);
}

function pointer(text: string): string[] {
  if (text === "") return [];
  return text
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

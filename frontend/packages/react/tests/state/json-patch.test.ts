import { expect, test } from "vitest";
import type { PatchOperation } from "../../src/client/events";
import type { Json } from "../../src/client/json";
import { applyPatch } from "../../src/state/json-patch";

const CASES: readonly [string, Json, readonly PatchOperation[], Json][] = [
  ["adds a key", { a: 1 }, [{ op: "add", path: "/b", value: 2 }], { a: 1, b: 2 }],
  [
    "replaces deep down",
    { a: { b: 1 } },
    [{ op: "replace", path: "/a/b", value: 2 }],
    { a: { b: 2 } },
  ],
  ["removes a key", { a: 1, b: 2 }, [{ op: "remove", path: "/a" }], { b: 2 }],
  ["appends to a list", [1], [{ op: "add", path: "/-", value: 2 }], [1, 2]],
  ["inserts into a list", [1, 3], [{ op: "add", path: "/1", value: 2 }], [1, 2, 3]],
  ["replaces in a list", [1, 3], [{ op: "replace", path: "/1", value: 2 }], [1, 2]],
  ["removes from a list", [1, 2], [{ op: "remove", path: "/0" }], [2]],
  ["moves", { a: 1 }, [{ op: "move", from: "/a", path: "/b" }], { b: 1 }],
  ["copies", { a: 1 }, [{ op: "copy", from: "/a", path: "/b" }], { a: 1, b: 1 }],
  ["takes the whole document", { a: 1 }, [{ op: "replace", path: "", value: [] }], []],
  [
    "reads escaped names",
    { "a/b~": 1 },
    [{ op: "replace", path: "/a~1b~0", value: 2 }],
    { "a/b~": 2 },
  ],
  ["writes null", { a: 1 }, [{ op: "replace", path: "/a", value: null }], { a: null }],
];

test.each(CASES)("%s", (_, document, operations, expected) => {
  expect(applyPatch(document, operations)).toEqual(expected);
});

test("a patch that does not apply changes nothing, not even in part", () => {
  const document = { a: 1 };

  const patched = applyPatch(document, [
    { op: "replace", path: "/a", value: 2 },
    { op: "add", path: "/no/where", value: 3 },
    { op: "test", path: "/a", value: 9 },
  ]);

  expect(patched).toBe(document);
});

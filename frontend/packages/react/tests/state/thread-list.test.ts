import { expect, test } from "vitest";
import type { Thread } from "../../src/client/api-schema";
import { NO_THREADS, reduceThreadList, threadsOf } from "../../src/state/thread-list";

function thread(id: string, minute: number, changes: Partial<Thread> = {}): Thread {
  const lastRunAt = `2026-11-22T12:${String(minute).padStart(2, "0")}:00.000Z`;
  return {
    id,
    name: id,
    agentId: "default",
    organizationId: "local",
    createdById: "",
    archived: false,
    createdAt: lastRunAt,
    updatedAt: lastRunAt,
    runCount: 1,
    lastRunAt,
    ...changes,
  };
}

const LIST = reduceThreadList(NO_THREADS, {
  type: "snapshot",
  threads: [thread("b", 2), thread("a", 1)],
  nextCursor: "next",
});

function ids(list = LIST, isArchived = false) {
  return threadsOf(list, isArchived)?.map(({ id }) => id);
}

test("before the server's list was read there is none", () => {
  expect(ids(NO_THREADS)).toBeUndefined();
});

test("a new thread takes its place by its last use", () => {
  const list = reduceThreadList(LIST, { type: "thread", thread: thread("c", 3) });

  expect(ids(list)).toEqual(["c", "b", "a"]);
  expect(list.nextCursor).toBe("next");
});

test("a changed thread replaces what was known of it", () => {
  const changed = thread("a", 5, { name: "Renamed", status: "running" });

  const list = reduceThreadList(LIST, { type: "thread", thread: changed });

  expect(threadsOf(list, false)).toEqual([changed, thread("b", 2)]);
});

test("an archived thread leaves the list, and comes back restored", () => {
  const archived = thread("a", 1, { archived: true });

  const without = reduceThreadList(LIST, { type: "thread", thread: archived });
  const restored = reduceThreadList(without, { type: "thread", thread: thread("a", 1) });

  expect(ids(without)).toEqual(["b"]);
  expect(ids(without, true)).toEqual(["a"]);
  expect(ids(restored)).toEqual(["b", "a"]);
});

test("a deleted thread goes, whether it was known or not", () => {
  const list = reduceThreadList(LIST, { type: "deleted", threadId: "b" });

  expect(ids(list)).toEqual(["a"]);
  expect(ids(reduceThreadList(list, { type: "deleted", threadId: "never-seen" }))).toEqual(["a"]);
});

test("a page is joined without doubles, unless the list began anew meanwhile", () => {
  const threads = [thread("a", 1), thread("0", 0)];
  const page = { type: "page", after: "next", threads, nextCursor: null } as const;

  const longer = reduceThreadList(LIST, page);

  expect(ids(longer)).toEqual(["b", "a", "0"]);
  expect(longer.nextCursor).toBeNull();
  expect(reduceThreadList(longer, page)).toBe(longer);
});

test("a snapshot says all there is", () => {
  const list = reduceThreadList(LIST, { type: "snapshot", threads: [], nextCursor: null });

  expect(ids(list)).toEqual([]);
});

test("a thread that never ran stands by its last change", () => {
  const { lastRunAt: _, ...neverRan } = thread("new", 9);

  expect(ids(reduceThreadList(LIST, { type: "thread", thread: neverRan }))).toEqual([
    "new",
    "b",
    "a",
  ]);
});

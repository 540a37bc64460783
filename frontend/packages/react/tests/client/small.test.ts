import { expect, test } from "vitest";
import { problemOf } from "../../src/client/api-error";
import { backoffMs, retryAfterMs } from "../../src/client/backoff";
import { createBreath } from "../../src/client/breath";
import { parseCursor } from "../../src/client/cursor";
import { parseEvent } from "../../src/client/events";
import { createTokenStore, takeToken } from "../../src/client/token";

test.each([
  [1, 0, 250],
  [1, 1, 500],
  [3, 1, 2000],
  [20, 1, 10_000],
])("attempt %i with chance %d waits %i ms", (attempt, chance, expected) => {
  expect(backoffMs(attempt, () => chance)).toBe(expected);
});

test.each([
  [null, undefined],
  ["7", 7000],
  ["Thu, 01 Jan 1970 00:00:10 GMT", 9000],
  ["soon", undefined],
])("Retry-After %s is %s ms", (header, expected) => {
  expect(retryAfterMs(header, 1000)).toBe(expected);
});

test.each([
  ["run-1:12", { runId: "run-1", seq: 12 }],
  ["a:b:3", { runId: "a:b", seq: 3 }],
  ["nothing", undefined],
  [undefined, undefined],
])("the cursor in %s", (id, expected) => {
  expect(parseCursor(id)).toEqual(expected);
});

test("an event that nobody knows says nothing", () => {
  expect(parseEvent('{"type":"AGENT_STATUS","agent":"x"}')).toBeUndefined();
  expect(parseEvent("no json")).toBeUndefined();
});

test("a problem keeps the request id and the wait", async () => {
  const response = Response.json(
    { code: "busy", title: "Too Many Requests", detail: "Try later.", requestId: "r-1" },
    { status: 429, headers: { "Retry-After": "3" } },
  );

  expect(await problemOf(response)).toEqual({
    status: 429,
    code: "busy",
    title: "Too Many Requests",
    detail: "Try later.",
    requestId: "r-1",
    retryAfterMs: 3000,
  });
});

test("an answer that is no problem document is still explained", async () => {
  const problem = await problemOf(new Response("<html>", { status: 502 }));

  expect(problem.code).toBe("http_502");
});

test("a token in the address is taken out of it", () => {
  expect(takeToken("http://localhost/?token=abc&thread=t#x")).toEqual({
    token: "abc",
    cleanUrl: "/?thread=t#x",
  });
  expect(takeToken("http://localhost/?thread=t")).toBeUndefined();
});

test("a token survives in any store that works", () => {
  const store = createTokenStore([window.sessionStorage, window.localStorage]);

  store.write("abc");
  window.sessionStorage.clear();
  expect(store.read()).toBe("abc");

  store.forget();
  expect(store.read()).toBeUndefined();
});

test("who reads a long log lets others work every ten milliseconds", async () => {
  let now = 0;
  const breath = createBreath(() => now);
  expect(breath()).toBeUndefined();

  now = 10;
  let hasWorked = false;
  setTimeout(() => {
    hasWorked = true;
  });
  while (!hasWorked) {
    now += 10;
    await breath();
  }

  expect(breath()).toBeUndefined();
});

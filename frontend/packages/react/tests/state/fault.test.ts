import { expect, test } from "vitest";
import { unreachable } from "../../src/client/api-error";
import { faultFrom } from "../../src/state/fault";
import { withOwn } from "../../src/state/own-texts";
import { TEXTS } from "../../src/state/texts";

const UNREACHABLE = unreachable();

test("a fault says what happened, what it means and what to do", () => {
  const fault = faultFrom({
    ...UNREACHABLE,
    status: 409,
    code: "other",
    title: "Conflict",
    requestId: "r-1",
  });

  expect(fault.title).toBe("Conflict");
  expect(fault.meaning).not.toBe("");
  expect(fault.advice).not.toBe("");
  expect(fault.requestId).toBe("r-1");
});

test("a fault about a thread speaks of a conversation, as the console does", () => {
  const detail = "Thread 't' is busy with run 'r'.";

  const fault = faultFrom({ ...UNREACHABLE, status: 409, code: "thread_busy", detail });

  expect(fault.meaning).toContain("in this conversation");
});

test("a plan that fails is told as the workflow's own fault", () => {
  const fault = faultFrom({ ...UNREACHABLE, status: 500, code: "plan_failed" });

  expect(fault.meaning).toContain("The workflow's own code failed");
  expect(fault.advice).toContain("the server's log");
});

test("a page's own words for a fault stand instead of the server's", () => {
  const own = { title: "Besetzt", meaning: "Es läuft schon etwas.", advice: "Warten." };
  const texts = withOwn({ faults: { run_active: own, 409: { ...own, meaning: "Passt nicht." } } });
  const conflict = {
    ...UNREACHABLE,
    status: 409,
    code: "run_active",
    detail: "Run 'r' is active.",
  };

  expect(faultFrom(conflict, texts)).toMatchObject(own);
  expect(faultFrom({ ...conflict, code: "other" }, texts)).toMatchObject({
    title: "Besetzt",
    meaning: "Run 'r' is active.",
  });
  expect(faultFrom({ ...conflict, code: "other", detail: "" }, texts).meaning).toBe("Passt nicht.");
  expect(faultFrom(UNREACHABLE, texts)).toEqual(faultFrom(UNREACHABLE));
});

test("of a group of words a page gives those that differ", () => {
  const texts = withOwn({ stop: "Halt", run: { queued: "Wartet" } });

  expect(texts).toMatchObject({ stop: "Halt", retry: "Retry" });
  expect(texts.run).toEqual({ ...TEXTS.run, queued: "Wartet" });
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMeter, MEASURES } from "../../src/client/meter";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a meter tells how often, how long mostly, and how long at worst", () => {
  const meter = createMeter();
  for (let ms = 1; ms <= 100; ms += 1) meter.note("long_frame", ms);

  const { measures, errors } = meter.metrics();
  expect(measures.long_frame).toEqual({ count: 100, p50: 50, p95: 95, max: 100 });
  expect(measures.interaction).toEqual({ count: 0, p50: 0, p95: 0, max: 0 });
  expect(Object.keys(measures)).toEqual([...MEASURES]);
  expect(errors).toBe(0);
});

test("a page that is open for days keeps the newest, and counts all", () => {
  const meter = createMeter();
  for (let ms = 0; ms < 1000; ms += 1) meter.note("chunk_interval", ms);

  expect(meter.metrics().measures.chunk_interval).toMatchObject({ count: 1000, max: 999 });
  expect(meter.metrics().measures.chunk_interval.p50).toBeGreaterThan(800);
});

test("each time is reported once, and no more than a report takes", () => {
  const meter = createMeter();
  for (let ms = 0; ms < 1000; ms += 1) meter.note("chunk_interval", ms);
  meter.noteError();

  expect(meter.take()).toMatchObject({ samples: { length: 400 }, errors: 1 });
  expect(meter.take()).toBeUndefined();
});

test("whoever listens is told once a second at most", () => {
  const meter = createMeter();
  const told = vi.fn();
  const stop = meter.subscribe(told);
  const before = meter.metrics();
  meter.note("interaction", 10);
  meter.note("interaction", 20);

  expect(meter.metrics()).toBe(before);
  vi.advanceTimersByTime(1000);
  expect(told).toHaveBeenCalledTimes(1);
  expect(meter.metrics().measures.interaction.count).toBe(2);

  stop();
  meter.noteError();
  expect(meter.metrics().errors).toBe(1);
});

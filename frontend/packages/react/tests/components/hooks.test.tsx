import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RunsProvider, useBudget, useRun, useRuns, useSubagents } from "../../src";
import { agentIs, OPENING, runIs } from "../state/sample-run";
import { type FakeServer, installFakeServer, NO_USAGE, RECORD } from "./fake-server";

let server: FakeServer;

beforeEach(() => {
  server = installFakeServer();
  server.runId = "run-1";
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Run() {
  const { run, record, isLoading, answer } = useRun("run-1");
  const { agents, stop } = useSubagents("run-1");
  const { shares } = useBudget("run-1");
  const question = run?.interrupts[0];
  const say = () =>
    question && answer([{ interruptId: question.id, status: "resolved", payload: true }]);
  return (
    <>
      <p data-testid="run">{isLoading ? "loading" : run?.status}</p>
      <p data-testid="place">{record?.queuePosition}</p>
      <p data-testid="agents">{agents.map(({ name, status }) => `${name} ${status}`).join()}</p>
      <p data-testid="budget">{shares.map(({ limit, share }) => `${limit} ${share}`).join()}</p>
      <button type="button" onClick={() => void stop("scout")}>
        stop scout
      </button>
      <button type="button" onClick={say}>
        {question?.message ?? "nothing"}
      </button>
    </>
  );
}

function List() {
  const { list, hasMore, more } = useRuns({ status: ["failed"] });
  return (
    <>
      <p data-testid="list">{list?.map(({ id }) => id).join() ?? "loading"}</p>
      {hasMore && (
        <button type="button" onClick={more}>
          more
        </button>
      )}
    </>
  );
}

function show(children: ReactNode) {
  render(
    <RunsProvider runtimeUrl="/api/copilotkit" authToken="t">
      {children}
    </RunsProvider>,
  );
}

async function shows(testId: string, text: string) {
  await waitFor(() => expect(screen.getByTestId(testId).textContent).toBe(text));
}

test("a run that is not shown is read once, however many look at it", async () => {
  show(
    <>
      <Run />
      <Run />
    </>,
  );

  await waitFor(() => expect(server.requests).toContain("/api/runs/run-1/events"));
  expect(server.requests.filter((path) => path === "/api/runs/run-1/events")).toHaveLength(1);
});

test("a run tells its agents, its budget and its place in the queue", async () => {
  server.records = [{ ...RECORD, status: "queued", queuePosition: 3 }];
  show(<Run />);
  await shows("run", "loading");
  await shows("place", "3");

  await act(async () => {
    server.push(...OPENING, agentIs("scout", "running"));
    server.push(
      runIs("running", { budget: { tokens: 100 }, usage: { ...NO_USAGE, totalTokens: 25 } }),
    );
  });

  await shows("run", "running");
  await shows("agents", "scout running,author initializing");
  await shows("budget", "tokens 0.25");
});

test("one agent is stopped at the server", async () => {
  show(<Run />);

  fireEvent.click(screen.getByText("stop scout"));

  const path = "/api/runs/run-1/agents/scout/cancel";
  await waitFor(() => expect(server.requests).toContain(path));
});

test("what a run asks is answered with its thread and all its answers", async () => {
  show(<Run />);
  await waitFor(() => expect(server.requests).toContain("/api/runs/run-1/events"));
  const interrupts = [{ id: "q1", reason: "input_required", message: "Send it?" }];
  await act(async () => {
    server.push(...OPENING, runIs("interrupted"));
    server.push({ type: "RUN_FINISHED", outcome: { type: "interrupt", interrupts } });
    server.finish();
  });

  fireEvent.click(await screen.findByText("Send it?"));

  await waitFor(() => expect(server.posted.at(-1)?.path).toBe("/api/runs"));
  expect(server.posted.at(-1)?.body).toEqual({
    runId: "run-1",
    threadId: "thread-1",
    resume: [{ interruptId: "q1", status: "resolved", payload: true }],
  });
});

test("a filtered list is the server's, page by page", async () => {
  server.records = ["r3", "r2", "r1"].map((id) => ({ ...RECORD, id, status: "failed" }));
  server.pageSize = 2;
  show(<List />);
  await shows("list", "r3,r2");

  fireEvent.click(screen.getByText("more"));

  await shows("list", "r3,r2,r1");
  expect(screen.queryByText("more")).toBeNull();
});

test("a hook says where it has to be", () => {
  const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);

  expect(() => render(<List />)).toThrow("inside <RunsProvider>");
  silence.mockRestore();
});

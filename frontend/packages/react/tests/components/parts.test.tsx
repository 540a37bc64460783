import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApprovalCard, EnhancedCopilotProvider, RealTimeAgentDashboard } from "../../src";
import { ATTEMPTS, OPENING, runIs } from "../state/sample-run";
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

async function show(...events: readonly object[]) {
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" runId="run-1" texts={{ stop: "Halt" }}>
      <RealTimeAgentDashboard />
    </EnhancedCopilotProvider>,
  );
  await waitFor(() => expect(server.requests).toContain("/api/runs/run-1/events"));
  await act(async () => server.push(...events));
}

test("the page's own words are used", async () => {
  await show(...OPENING);

  expect((await screen.findByTestId("stop-button")).textContent).toBe("Halt");
});

test("a fault speaks the page's own words", async () => {
  const faults = { unreachable: { title: "Weg", meaning: "Niemand da.", advice: "Warten." } };
  server.isAway = true;
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" runId="run-1" texts={{ faults }}>
      <RealTimeAgentDashboard />
    </EnhancedCopilotProvider>,
  );

  const shown = await screen.findByTestId("fault");
  expect(shown.textContent).toContain("WegNiemand da. Warten.");
});

test("a run that waits tells how many come first", async () => {
  server.records = [{ ...RECORD, status: "queued", queuePosition: 2 }];
  await show();

  expect((await screen.findByTestId("queue-place")).textContent).toBe("Number 2 in the queue");
});

test("what is used is shown beside what may be used", async () => {
  const usage = { ...NO_USAGE, calls: 2, totalTokens: 9120, costUsd: 0.0361 };
  await show(...OPENING, runIs("running", { usage, budget: { tokens: 10_000 } }));

  const shown = await screen.findByTestId("budget");
  expect(shown.textContent).toContain("9,120 of 10,000");
  const bar = screen.getByRole("progressbar", { name: "Tokens" });
  expect(bar.getAttribute("aria-valuenow")).toBe("91");
});

test("a failure says whether another try can help, and from when on", async () => {
  const metadata = { type: "provider", recoverable: true, retryAfter: 30 };
  await show(...OPENING, {
    type: "RUN_ERROR",
    message: "The model is not answering",
    code: "provider_unavailable",
    metadata,
    timestamp: Date.now(),
  });

  const shown = await screen.findByTestId("run-error");
  expect(shown.textContent).toContain("The run ended here, without its result.");
  expect(shown.textContent).toContain("Another try may help.");
  expect(shown.textContent).toMatch(/Try again in (29|30) s/);
});

test("the timeline has a bar for each tool call, and the event log what happened", async () => {
  await show(...OPENING, ...ATTEMPTS);

  await screen.findByTestId("tool-mark");
  const log = screen.getByTestId("event-log");
  expect(log.textContent).toContain("14 events");
  const details = screen.getByText("Event log").closest("details");
  if (details) details.open = true;
  fireEvent(log, new Event("toggle"));
  await waitFor(() => expect(log.textContent).toContain("TOOL_CALL_ARGS ×2"));
});

test("two questions of a run are answered together", async () => {
  const interrupts = ["q1", "q2"].map((id) => ({ id, message: `May I, ${id}?` }));
  await show(...OPENING, runIs("interrupted"), {
    type: "RUN_FINISHED",
    outcome: { type: "interrupt", interrupts },
  });

  const first = await screen.findByText("May I, q1?");
  fireEvent.click(screen.getAllByText("Approve")[0] ?? first);
  await waitFor(() => expect(screen.queryByText("May I, q1?")).toBeNull());
  expect(server.posted).toEqual([]);
  fireEvent.click(screen.getByText("Decline"));

  await waitFor(() =>
    expect(server.posted.at(-1)?.body).toMatchObject({
      resume: [
        { interruptId: "q1", payload: { approved: true } },
        { interruptId: "q2", payload: { approved: false } },
      ],
    }),
  );
});

test("a tool call that an approval stands before says that it waits, until it is answered", async () => {
  const call = { toolCallId: "run-1:scout:1:t2", subagentRunId: "run-1:scout:1" };
  const interrupts = [{ id: "q1", message: "May I?", toolCallId: call.toolCallId }];
  await show(
    ...OPENING,
    ...ATTEMPTS.slice(0, 2),
    { type: "TOOL_CALL_START", toolCallName: "crm_write", ...call },
    { type: "TOOL_CALL_ARGS", toolCallId: call.toolCallId, delta: "{}" },
  );
  const shown = await screen.findByText("crm_write");
  const line = () => shown.closest("button")?.textContent;
  expect(line()).toContain("running");

  await act(async () =>
    server.push(runIs("interrupted"), {
      type: "RUN_FINISHED",
      outcome: { type: "interrupt", interrupts },
    }),
  );

  await waitFor(() => expect(line()).toContain("waits for you"));
});

test("an approval of something new has no column for what was", () => {
  render(
    <ApprovalCard
      interrupt={interruptWith({ arguments: { text: "Call them" } })}
      onAnswer={vi.fn()}
    />,
  );

  expect(screen.getByTestId("changes").textContent).toBe("New valuetextCall them");
});

test("an approval shows what would change, old beside new", async () => {
  const details = {
    before: { stage: "Proposal", amount: 10 },
    after: { stage: "Won", amount: 10 },
  };
  const answered = vi.fn();
  render(<ApprovalCard interrupt={interruptWith(details)} onAnswer={answered} />);

  expect(screen.getByTestId("changes").textContent).toBe("BeforeAfterstageProposalWon");
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "Well done" } });
  fireEvent.click(screen.getByText("Approve"));
  expect(answered).toHaveBeenCalledWith({
    status: "resolved",
    payload: { approved: true, reason: "Well done" },
  });
  await waitFor(() => expect(screen.getByText("Approve")).toHaveProperty("disabled", false));
});

test("what has expired can only be declined", () => {
  const late = { ...interruptWith(undefined), expiresAt: "2020-01-01T00:00:00Z" };
  render(<ApprovalCard interrupt={late} onAnswer={() => undefined} />);

  expect(screen.getByText("Approve")).toHaveProperty("disabled", true);
  expect(screen.getByText("Decline")).toHaveProperty("disabled", false);
});

function interruptWith(details: { readonly [key: string]: object } | undefined) {
  return { message: "May I?", expiresAt: undefined, details: asJson(details) };
}

function asJson(value: object | undefined) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

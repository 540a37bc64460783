import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EnhancedCopilotProvider, RealTimeAgentDashboard, useEnhancedAgent } from "../../src";
import { agentIs, boardHas, OPENING, progress, runIs } from "../state/sample-run";
import { type FakeServer, installFakeServer, NO_USAGE } from "./fake-server";

let server: FakeServer;

beforeEach(() => {
  server = installFakeServer();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Start() {
  const { actions } = useEnhancedAgent();
  return (
    <button
      type="button"
      onClick={() => void actions.startWorkflow({ message: "Analyze ACC-001" })}
    >
      start
    </button>
  );
}

function show() {
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" threadId="thread-1" authToken="t">
      <RealTimeAgentDashboard />
      <Start />
    </EnhancedCopilotProvider>,
  );
}

async function start() {
  show();
  await waitFor(() => expect(badge()).toBe("connected"));
  fireEvent.click(screen.getByText("start"));
  await waitFor(() => expect(server.requests.some((path) => path.endsWith("/run"))).toBe(true));
  await act(async () => server.push(...OPENING));
  await screen.findByText("Account review");
  await screen.findByTestId("stop-button");
}

function badge(): string | undefined {
  return screen.getByTestId("connection-badge").dataset.status;
}

test("the initial state: connected, nothing runs, and it says what will be here", async () => {
  show();

  await waitFor(() => expect(badge()).toBe("connected"));
  expect(screen.getByText("No run in this conversation yet")).toBeTruthy();
  expect(screen.queryByTestId("stop-button")).toBeNull();
});

test("a started run is shown with its agents, and can be stopped", async () => {
  await start();

  expect(screen.getByTestId("run-status").textContent).toBe("Running");
  const cards = screen.getAllByTestId("agent-card");
  expect(cards.map((card) => card.dataset.agent)).toEqual(["scout", "author"]);
  expect(cards[0]?.dataset.status).toBe("initializing");
  expect(screen.getByTestId("stop-button")).toBeTruthy();
});

test.each([50, 75, 100])("progress of %i %% moves the bar", async (percent) => {
  await start();

  await act(async () => server.push(agentIs("scout", "running"), progress(percent)));

  await waitFor(() =>
    expect(screen.getByTestId("run-progress").getAttribute("aria-valuenow")).toBe(String(percent)),
  );
  expect(screen.getAllByTestId("agent-card")[0]?.dataset.status).toBe("running");
});

test("a run is stopped when the server says so, and then offers a retry", async () => {
  await start();

  fireEvent.click(screen.getByTestId("stop-button"));
  expect(screen.getByTestId("run-status").textContent).toBe("Running");
  await act(async () => {
    server.push(runIs("cancelled"), { type: "RUN_FINISHED", metadata: { cancelled: true } });
    server.finish();
  });

  await waitFor(() => expect(screen.getByTestId("run-status").textContent).toBe("Stopped"));
  expect(screen.getByTestId("retry-button")).toBeTruthy();
  expect(server.requests).toContain(`/api/runs/${server.runId}/cancel`);
});

test("a connection error is explained, with a way to try again", async () => {
  server.isAway = true;

  show();

  const fault = await screen.findByTestId("fault");
  expect(fault.textContent).toContain("The server does not answer");
  expect(badge()).toBe("disconnected");
  server.isAway = false;
  fireEvent.click(screen.getAllByText("Reconnect")[0] ?? fault);
  await waitFor(() => expect(badge()).toBe("connected"));
  expect(screen.queryByTestId("fault")).toBeNull();
});

test("the run and its agents say what they think with, used and cost, and warn of the budget", async () => {
  await start();
  const used = { ...NO_USAGE, totalTokens: 8210, costUsd: 0.0361, unpricedTokens: 0 };
  const message = "8,210 of 10,000 tokens used";

  await act(async () =>
    server.push(
      boardHas("/agents/scout/model", "glm-5.3"),
      boardHas("/agents/scout/usage", used),
      boardHas("/usage", used),
      boardHas("/warnings", [{ limit: "tokens", message }]),
    ),
  );

  const shown = await screen.findByTestId("run-usage");
  await waitFor(() => expect(shown.textContent).toContain("8,210 tokens · $0.0361"));
  expect(shown.textContent).toContain("glm-5.3 (rules), rules, no model");
  expect(screen.getAllByTestId("agent-usage").map((line) => line.textContent)).toEqual([
    "glm-5.3 · 8,210 tokens · $0.0361",
  ]);
  expect(screen.getByTestId("budget-warning").textContent).toContain(message);
});

test("a broken stream shows that it reconnects", async () => {
  await start();

  await act(async () => server.finish());

  await waitFor(() => expect(badge()).toBe("reconnecting"));
  expect(screen.getByTestId("run-status").textContent).toBe("Running");
});

test("useEnhancedAgent throws outside the provider", () => {
  const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);

  expect(() => render(<Start />)).toThrow("inside <EnhancedCopilotProvider>");
  silence.mockRestore();
});

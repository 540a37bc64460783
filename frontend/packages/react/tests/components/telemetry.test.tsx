import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RunErrorBoundary, RunsProvider, useClientMetrics } from "../../src";
import { type FakeServer, installFakeServer } from "./fake-server";

let server: FakeServer;

beforeEach(() => {
  server = installFakeServer();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function Fragile() {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) throw new Error("out of range");
  return (
    <button type="button" onClick={() => setIsBroken(true)}>
      break
    </button>
  );
}

function Errors() {
  return <p data-testid="errors">{useClientMetrics().errors}</p>;
}

function show(enableTelemetry: boolean) {
  return render(
    <RunsProvider runtimeUrl="/api/copilotkit" enableTelemetry={enableTelemetry}>
      <RunErrorBoundary>
        <Fragile />
      </RunErrorBoundary>
      <Errors />
    </RunsProvider>,
  );
}

async function breakIt() {
  await act(async () => fireEvent.click(screen.getByText("break")));
}

test("what breaks is fenced off, counted, and can be tried again", async () => {
  show(false);

  await breakIt();

  expect(screen.getByTestId("broken").textContent).toContain("Runs go on at the server");
  await waitFor(() => expect(screen.getByTestId("errors").textContent).toBe("1"), {
    timeout: 5000,
  });
  fireEvent.click(screen.getByText("Try again"));
  expect(screen.getByText("break")).toBeTruthy();
});

test("a page that is left reports what it has measured", async () => {
  const { unmount } = show(true);
  await breakIt();

  unmount();

  await waitFor(() => expect(server.posted.at(-1)?.path).toBe("/api/telemetry"));
  expect(server.posted.at(-1)?.body).toMatchObject({ errors: 1 });
});

test("a page that was not told to reports nothing", async () => {
  const { unmount } = show(false);
  await breakIt();

  unmount();

  expect(server.requests).not.toContain("/api/telemetry");
});

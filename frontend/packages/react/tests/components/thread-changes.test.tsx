import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EnhancedCopilotProvider, ThreadList, useEnhancedAgent } from "../../src";
import { type FakeServer, installFakeServer, threadRecord } from "./fake-server";

let server: FakeServer;

beforeEach(() => {
  server = installFakeServer();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function tell(news: object) {
  await act(async () => server.tellThreads(news));
}

async function showTools({ isArchived = false, onDeleted = vi.fn() } = {}) {
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" threadId="1" authToken="t">
      <ThreadList
        current="1"
        canChange
        isArchived={isArchived}
        onOpen={vi.fn()}
        onDeleted={onDeleted}
      />
      <LastError />
    </EnhancedCopilotProvider>,
  );
  await waitFor(() => expect(server.threadStreams()).toBe(1));
  await tell({
    type: "snapshot",
    threads: [threadRecord("1", "One", isArchived)],
    nextCursor: null,
  });
  await screen.findByText("One");
}

function LastError() {
  return <p data-testid="problem">{useEnhancedAgent().state.lastError?.code}</p>;
}

function use(tool: string) {
  fireEvent.click(screen.getByRole("button", { name: tool }));
}

async function changed(what: string, body: object) {
  await waitFor(() => expect(server.threadChanges).toEqual([{ what, body }]));
}

test("a conversation is renamed in place, and shows its name when the server tells it", async () => {
  await showTools();

  use("Rename One");
  const field = screen.getByRole("textbox", { name: "Name of the conversation" });
  fireEvent.change(field, { target: { value: " Uno " } });
  fireEvent.keyDown(field, { key: "Enter" });

  await changed("PATCH 1", { agentId: "default", name: "Uno" });
  expect(screen.getByText("One")).toBeTruthy();
  await tell({ type: "thread", thread: threadRecord("1", "Uno") });
  expect(screen.getByText("Uno")).toBeTruthy();
});

test.each([
  ["Escape", "Never", "Escape"],
  ["an empty name", "  ", "Enter"],
])("%s leaves the old name", async (_, value, key) => {
  await showTools();

  use("Rename One");
  fireEvent.change(screen.getByRole("textbox"), { target: { value } });
  fireEvent.keyDown(screen.getByRole("textbox"), { key });

  expect(screen.getByText("One")).toBeTruthy();
  expect(server.threadChanges).toEqual([]);
});

test("a conversation is archived", async () => {
  await showTools();

  use("Archive One");

  await changed("POST 1/archive", { agentId: "default" });
});

test("a conversation is brought back from the archive", async () => {
  await showTools({ isArchived: true });

  use("Restore One");

  await changed("PATCH 1", { agentId: "default", archived: false });
});

test("a deletion is asked once more, and told when it is done", async () => {
  const onDeleted = vi.fn();
  await showTools({ onDeleted });

  use("Delete One");
  fireEvent.keyDown(screen.getByText("Keep"), { key: "Escape" });
  expect(screen.getByText("One")).toBeTruthy();
  expect(server.threadChanges).toEqual([]);
  use("Delete One");
  use("Delete");

  await changed("DELETE 1", { agentId: "default" });
  await waitFor(() => expect(onDeleted).toHaveBeenCalledWith("1"));
});

test("what the server does not take is told, and nothing is gone", async () => {
  const onDeleted = vi.fn();
  await showTools({ onDeleted });
  server.isAway = true;

  use("Delete One");
  use("Delete");

  await waitFor(() => expect(screen.getByTestId("problem").textContent).toBe("unreachable"));
  expect(screen.getByText("One")).toBeTruthy();
  expect(onDeleted).not.toHaveBeenCalled();
});

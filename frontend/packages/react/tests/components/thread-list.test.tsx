import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EnhancedCopilotProvider, ThreadList, useThreadList } from "../../src";
import { type FakeServer, installFakeServer, threadRecord } from "./fake-server";

let server: FakeServer;

beforeEach(() => {
  server = installFakeServer();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function List() {
  const [isArchived, setIsArchived] = useState(false);
  const { list } = useThreadList(isArchived);
  return (
    <>
      <button type="button" onClick={() => setIsArchived(!isArchived)}>
        archived
      </button>
      <p data-testid="list">
        {list === undefined ? "loading" : list.map(({ name }) => name).join()}
      </p>
    </>
  );
}

async function show() {
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" threadId="thread-1" authToken="t">
      <List />
    </EnhancedCopilotProvider>,
  );
  await waitFor(() => expect(server.threadStreams()).toBe(1));
}

async function tell(...news: readonly unknown[]) {
  await act(async () => server.tellThreads(...news));
}

async function shows(text: string) {
  await waitFor(() => expect(screen.getByTestId("list").textContent).toBe(text));
}

async function look(visibility: "visible" | "hidden") {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  await act(async () => document.dispatchEvent(new Event("visibilitychange")));
}

const SNAPSHOT = { type: "snapshot", threads: [threadRecord("1", "One")], nextCursor: null };

test("the list follows what happens to the conversations anywhere", async () => {
  await show();
  await shows("loading");

  await tell(SNAPSHOT);
  await shows("One");
  await tell({ type: "thread", thread: threadRecord("2", "Two") });
  await shows("Two,One");
  await tell({ type: "thread", thread: threadRecord("1", "Renamed") });
  await shows("Two,Renamed");
  await tell({ type: "deleted", threadId: "2" });
  await shows("Renamed");
});

test("a page that nobody looks at lets go of the stream, and comes back to the whole list", async () => {
  await show();
  await tell(SNAPSHOT);

  await look("hidden");
  expect(server.threadStreams()).toBe(0);
  await shows("One");
  await look("visible");
  await waitFor(() => expect(server.threadStreams()).toBe(1));
  await tell({ ...SNAPSHOT, threads: [threadRecord("3", "Meanwhile")] });

  await shows("Meanwhile");
});

test("the archive is a list of its own", async () => {
  await show();
  await tell(SNAPSHOT);

  fireEvent.click(screen.getByText("archived"));
  await shows("loading");
  await waitFor(() => expect(server.threadStreams()).toBe(1));
  await tell({ ...SNAPSHOT, threads: [threadRecord("1", "One"), threadRecord("4", "Old", true)] });

  await shows("Old");
  expect(server.requests.filter((path) => path === "/api/threads/stream")).toHaveLength(2);
});

test("two parts of a page read a list once, and see the same", async () => {
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" threadId="thread-1" authToken="t">
      <List />
      <ThreadList current="1" onOpen={vi.fn()} />
    </EnhancedCopilotProvider>,
  );
  await waitFor(() => expect(server.threadStreams()).toBe(1));

  await tell(SNAPSHOT);

  await shows("One");
  await screen.findByRole("button", { name: /One/ });
  expect(server.requests.filter((path) => path === "/api/threads/stream")).toHaveLength(1);
});

test("a list that the server refused says so, and is asked for once more", async () => {
  server.refusesThreads = true;
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" threadId="thread-1" authToken="t">
      <ThreadList current="1" onOpen={vi.fn()} />
    </EnhancedCopilotProvider>,
  );
  await screen.findByRole("alert");

  server.refusesThreads = false;
  fireEvent.click(screen.getByText("Try again"));
  await waitFor(() => expect(server.threadStreams()).toBe(1));
  await tell(SNAPSHOT);

  await screen.findByRole("button", { name: /One/ });
});

test("a list of conversations opens the one that is picked, and says how its run stands", async () => {
  const opened = vi.fn();
  render(
    <EnhancedCopilotProvider runtimeUrl="/api/copilotkit" threadId="1" authToken="t">
      <ThreadList current="1" onOpen={opened} />
    </EnhancedCopilotProvider>,
  );
  await waitFor(() => expect(server.threadStreams()).toBe(1));
  await tell({ ...SNAPSHOT, threads: [{ ...threadRecord("1", "One"), status: "interrupted" }] });

  const item = await screen.findByRole("button", { name: /One/ });
  fireEvent.click(item);

  expect(item.getAttribute("aria-current")).toBe("page");
  expect(screen.getAllByRole("button")).toEqual([item]);
  expect(item.textContent).toContain("Waiting for you");
  expect(opened).toHaveBeenCalledWith("1");
});

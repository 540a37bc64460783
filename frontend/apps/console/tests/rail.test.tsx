import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { NoConversation } from "../src/chat/no-conversation";
import { RailSection } from "../src/rail/rail-section";

afterEach(cleanup);

test("a list that could not be read again says that it is the last known one", () => {
  render(
    <RailSection title="Runs" isStale className="">
      <p>Analyze ACC-001</p>
    </RailSection>,
  );

  expect(screen.getByText("last known")).toBeTruthy();
  expect(screen.getByText("Analyze ACC-001")).toBeTruthy();
});

test("an address that leads nowhere offers a new conversation", () => {
  const onNew = vi.fn();
  render(<NoConversation threadId="nope" onNew={onNew} />);

  fireEvent.click(screen.getByText("Start a new one"));

  expect(onNew).toHaveBeenCalledOnce();
});

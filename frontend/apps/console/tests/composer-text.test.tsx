import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ComposerText } from "../src/chat/composer-text";

afterEach(cleanup);

function press(value: string) {
  const onKeyDown = vi.fn();
  render(<ComposerText value={value} onChange={() => undefined} onKeyDown={onKeyDown} />);
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Enter" });
  return onKeyDown;
}

test("Enter on an empty box goes nowhere: it would stop the run", () => {
  expect(press("  ")).not.toHaveBeenCalled();
});

test("Enter on a text is CopilotKit's", () => {
  expect(press("Analyze ACC-001")).toHaveBeenCalledOnce();
});

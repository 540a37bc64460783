import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/client/json";
import { ApprovalCard } from "../../src/components/approval-card";

afterEach(cleanup);

const TOOL_APPROVAL: JsonObject = {
  type: "object",
  properties: {
    approved: { type: "boolean" },
    editedArgs: { type: ["object", "null"] },
    reason: { type: ["string", "null"] },
  },
  required: ["approved"],
};

function ask(
  responseSchema: JsonObject,
  changes: { details?: JsonObject; expiresAt?: string } = {},
) {
  const answered = vi.fn(async () => undefined);
  const asked = { message: "May I?", details: undefined, expiresAt: undefined, ...changes };
  render(<ApprovalCard interrupt={{ ...asked, responseSchema }} onAnswer={answered} />);
  return answered;
}

function type(label: string | RegExp, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

test("a person may change what a tool gets, once it is a JSON object", () => {
  const answered = ask(TOOL_APPROVAL, { details: { tool: "pay", arguments: { amount: 3 } } });

  fireEvent.click(screen.getByText("Edit"));
  type(/What the tool gets/, "{");
  expect(screen.getByText("Approve")).toHaveProperty("disabled", true);
  expect(screen.getByRole("alert").textContent).toContain("no JSON object");
  type(/What the tool gets/, '{"amount": 2}');
  type(/Note to the agent/, " Less ");
  fireEvent.click(screen.getByText("Approve"));

  const payload = { approved: true, editedArgs: { amount: 2 }, reason: "Less" };
  expect(answered).toHaveBeenCalledWith({ status: "resolved", payload });
});

test("a no takes its reason with it, and no changed arguments", () => {
  const answered = ask(TOOL_APPROVAL, { details: { arguments: { amount: 3 } } });

  fireEvent.click(screen.getByText("Edit"));
  type(/Note to the agent/, "Too early");
  fireEvent.click(screen.getByText("Decline"));

  const payload = { approved: false, reason: "Too early" };
  expect(answered).toHaveBeenCalledWith({ status: "resolved", payload });
});

test("an approval whose schema knows no reason takes none", () => {
  ask({ type: "object", properties: { approved: { type: "boolean" } } });

  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByText("Edit")).toBeNull();
});

test("what is declined too late has no answer", () => {
  const answered = ask(TOOL_APPROVAL, { expiresAt: "2020-01-01T00:00:00Z" });

  fireEvent.click(screen.getByText("Decline"));

  expect(answered).toHaveBeenCalledWith({ status: "cancelled" });
});

test("a question with a schema of its own has a form after it", async () => {
  const answered = ask({
    type: "object",
    properties: {
      region: { enum: ["EU", "US"], title: "Region", description: "Where it is kept." },
      seats: { type: "integer" },
      isUrgent: { type: "boolean" },
      remark: { type: ["string", "null"] },
      extra: { type: "object" },
    },
    required: ["region", "seats"],
  });
  const send = screen.getByText("Answer");

  expect(send).toHaveProperty("disabled", true);
  type("Region", "1");
  type("seats", "12");
  fireEvent.click(screen.getByLabelText("isUrgent"));
  type("extra (optional)", "[");
  expect(send).toHaveProperty("disabled", true);
  type("extra (optional)", '{"a": 1}');
  fireEvent.click(send);

  const payload = { region: "US", seats: 12, isUrgent: true, extra: { a: 1 } };
  await waitFor(() => expect(answered).toHaveBeenCalledWith({ status: "resolved", payload }));
});

test("an answer may be one value, or none", async () => {
  const answered = ask({ type: "string" });

  type("Your answer", "Blue");
  fireEvent.click(screen.getByText("Answer"));
  await waitFor(() =>
    expect(answered).toHaveBeenCalledWith({ status: "resolved", payload: "Blue" }),
  );
  fireEvent.click(screen.getByText("Give no answer"));
  await waitFor(() => expect(answered).toHaveBeenLastCalledWith({ status: "cancelled" }));
});

import { expect, test } from "vitest";
import { chatWords } from "../src/chat/chat-words";
import { shortcuts } from "../src/keys/shortcuts";
import { screensOf } from "../src/routing/screens";
import { agentNamed, NO_AGENT, offeredAgents } from "../src/session/offered-agents";

const INFO = {
  version: "1",
  mode: "sse",
  audioFileTranscriptionEnabled: false,
  threadEndpoints: {},
  singleRoute: {},
  suggestions: true,
  a2uiEnabled: false,
  openGenerativeUIEnabled: false,
  telemetryDisabled: true,
  accounts: false,
  defaultAgent: "both",
  agents: {
    both: told("Both", "Greets twice."),
    greeter: told("Greeter", "Says hello."),
    agents: told("Chosen agents", "Runs the agents that the request names."),
    bare: { name: "bare" },
    default: told("Both", "Greets twice."),
  },
};
const OWN = { hasAccounts: false, runtime: "rules", model: "" };
const SAMPLE = { ...OWN, hasAccounts: true };
const AGENTS = offeredAgents(INFO);

function told(name: string, description: string) {
  return { name, description, capabilities: { identity: { name } } };
}

test("the server's choice comes first and once, and what needs names from the page not at all", () => {
  expect(AGENTS.map(({ id, title }) => [id, title])).toEqual([
    ["default", "Both"],
    ["greeter", "Greeter"],
    ["bare", "bare"],
  ]);
});

test("a conversation's agent is found by the workflow of its runs, or it is the server's choice", () => {
  expect(agentNamed(AGENTS, "both").id).toBe("default");
  expect(agentNamed(AGENTS, "greeter").id).toBe("greeter");
  expect(agentNamed(AGENTS, "gone").id).toBe("default");
  expect(agentNamed([], "gone")).toBe(NO_AGENT);
});

test("one's own agents speak for themselves, and nothing is said of accounts", () => {
  const words = chatWords(OWN, agentNamed(AGENTS, "greeter"));

  expect(words).toMatchObject({ title: "Greeter", text: "Says hello.", thinking: undefined });
  expect(JSON.stringify(words)).not.toMatch(/account|records|rules/i);
  expect(chatWords({ ...OWN, model: "glm-5" }, NO_AGENT).thinking).toContain("glm-5");
});

test("the account copilot says that it works by rules, or which model it has", () => {
  const [copilot = NO_AGENT] = AGENTS;

  expect(chatWords(SAMPLE, copilot).title).toContain("account");
  expect(chatWords(SAMPLE, copilot).caution).toContain("by rules");
  const thinking = { ...SAMPLE, runtime: "messages", model: "glm-5" };
  expect(chatWords(thinking, copilot).thinking).toContain("glm-5");
  expect(chatWords(thinking, copilot).caution).not.toContain("rules");
});

test("screens and keys are those that the server has something for", () => {
  expect(screensOf(OWN).map(({ screen }) => screen)).not.toContain("accounts");
  expect(screensOf(SAMPLE).map(({ screen }) => screen)).toContain("accounts");
  expect(shortcuts(OWN).map(({ label }) => label)).not.toContain("Brief or conversation");
  expect(shortcuts(SAMPLE).map(({ label }) => label)).toContain("Brief or conversation");
});

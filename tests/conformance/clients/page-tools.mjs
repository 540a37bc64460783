// The tools of a page, and what a page does with calls of them when its client leaves that to it.

import { z } from "zod";

const NAME = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
const TOOLS = {
  greet: { description: "Greets somebody.", handler: async ({ name }) => `Hello, ${name}!` },
};

// As AG-UI's `RunAgentInput.tools`.
export function offers(names) {
  return names.map((name) => ({
    name,
    description: TOOLS[name].description,
    parameters: NAME,
  }));
}

// As CopilotKit's core registers them.
export function registrations(names) {
  return names.map((name) => ({
    name,
    ...TOOLS[name],
    parameters: z.object({ name: z.string() }),
  }));
}

// Runs the calls that have no result, and returns the messages that tell their results.
export function resultsOf(messages, names) {
  const answered = new Set(messages.map(({ toolCallId }) => toolCallId));
  const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls);
  const open = calls.filter(
    ({ id, function: { name } }) => !answered.has(id) && names.includes(name),
  );
  return Promise.all(
    open.map(async ({ id, function: { name, arguments: said } }) => ({
      id: `${id}-result`,
      role: "tool",
      toolCallId: id,
      content: await TOOLS[name].handler(JSON.parse(said)),
    })),
  );
}

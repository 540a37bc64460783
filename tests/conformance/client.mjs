// Drives one stock AG-UI client through one run and tells, in one line of JSON, what the client made of it.
//
// stdin: {url, token, version, input: {threadId, runId, messages, state, forwardedProps, tools, resume},
//         cancelUrl?, cancelAfterEvents?}
// stdout: {version, rejected, warnings, unhandled, terminal, seen, messages, stateKeys}

import { text } from "node:stream/consumers";

const packages = { "1.0.0": "ag-ui-client-1", "0.0.59": "ag-ui-client-0" };
const terminalTypes = new Set(["RUN_FINISHED", "RUN_ERROR"]);

const scenario = JSON.parse(await text(process.stdin));
const report = { version: scenario.version, rejected: null, warnings: [], unhandled: [], terminal: [], seen: {} };

listenForComplaints(report);
const agent = await newAgent(scenario);
await drive(agent, scenario, report);
report.messages = agent.messages.map(summary);
report.stateKeys = Object.keys(agent.state ?? {}).sort();
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(0);

// The clients tell of dropped fields and events only on the console, so the console is part of the result.
function listenForComplaints({ warnings, unhandled }) {
  const keep = (...words) => warnings.push(words.map(String).join(" ").slice(0, 300));
  Object.assign(console, { warn: keep, error: keep, log: () => {}, info: () => {}, debug: () => {} });
  process.on("unhandledRejection", (reason) => unhandled.push(String(reason).slice(0, 300)));
}

async function newAgent({ url, token, version, input }) {
  const { HttpAgent } = await import(packages[version]);
  return new HttpAgent({
    url,
    headers: { Authorization: `Bearer ${token}` },
    threadId: input.threadId,
    initialMessages: input.messages,
    initialState: input.state ?? {},
  });
}

async function drive(agent, scenario, report) {
  const { runId, forwardedProps, tools, resume } = scenario.input;
  const cancelling = [];
  const onEvent = ({ event }) => {
    report.seen[event.type] = (report.seen[event.type] ?? 0) + 1;
    if (terminalTypes.has(event.type)) report.terminal.push(event);
    if (total(report.seen) === scenario.cancelAfterEvents) cancelling.push(cancel(scenario));
  };
  try {
    await agent.runAgent({ runId, forwardedProps, tools, resume }, { onEvent });
  } catch (error) {
    report.rejected = String(error?.message ?? error).slice(0, 500);
  }
  await Promise.all(cancelling);
}

async function cancel({ cancelUrl, token }) {
  const answer = await fetch(cancelUrl, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ reason: "conformance" }),
  });
  if (!answer.ok) throw new Error(`cancel was answered with ${answer.status}: ${await answer.text()}`);
}

function total(seen) {
  return Object.values(seen).reduce((sum, count) => sum + count, 0);
}

function summary({ role, content, toolCalls }) {
  const said = typeof content === "object" ? JSON.stringify(content) : (content ?? "");
  return { role, chars: said.length, toolCalls: toolCalls?.length ?? 0 };
}

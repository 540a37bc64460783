// A page without a client: plain requests, and every byte of each stream kept for the judges.

import { offers, resultsOf } from "./page-tools.mjs";

export async function openRawPage(protocolVersion, { url, token, agent, threadId }) {
  const said = [];
  const calls = new Map();
  const streams = [];
  const watchers = new Set();
  let authorization = `Bearer ${token}`;
  let interrupts = [];

  function inputOf(fields) {
    const empty = { tools: [], context: [], state: {}, forwardedProps: {} };
    return { threadId, protocolVersion, ...empty, ...fields };
  }

  async function post(what, body) {
    const answer = await fetch(`${url}/api/copilotkit/agent/${agent}/${what}`, {
      method: "POST",
      headers: {
        Authorization: authorization,
        Accept: "text/event-stream",
        "Content-Type": "application/json",
      },
      body: JSON.stringify(body),
    });
    if (answer.ok) return answer;
    const problem = { type: answer.headers.get("content-type"), payload: await answer.json() };
    streams.push({ threadId, problem, status: answer.status });
    throw Object.assign(new Error("refused"), { status: answer.status, payload: problem.payload });
  }

  async function read(answer, about) {
    const bytes = [];
    const decoder = new TextDecoder();
    let text = "";
    for await (const piece of answer.body) {
      bytes.push(piece);
      const frames = (text + decoder.decode(piece, { stream: true })).split("\n\n");
      text = frames.pop();
      for (const frame of frames) see(frame);
    }
    const contentType = answer.headers.get("content-type");
    streams.push({ ...about, contentType, base64: Buffer.concat(bytes).toString("base64") });
  }

  function see(frame) {
    const data = frame.split("\n").find((line) => line.startsWith("data: "));
    if (!data) return;
    const event = JSON.parse(data.slice(6));
    note(event);
    for (const watcher of watchers) watcher(event);
  }

  function note({ type, outcome, toolCallId: id, toolCallName: name, delta }) {
    if (type === "RUN_FINISHED") interrupts = outcome?.interrupts ?? [];
    if (type === "TOOL_CALL_START") calls.set(id, { id, function: { name, arguments: "" } });
    if (type === "TOOL_CALL_ARGS") calls.get(id).function.arguments += delta;
    if (type === "TOOL_CALL_RESULT") calls.delete(id);
  }

  async function run({ runId, resume, forwardedProps = {}, tools = [] }) {
    const input = { runId, messages: said, forwardedProps, resume, tools: offers(tools) };
    const answer = await post("run", inputOf(input));
    await read(answer, { threadId, runId, isAnswer: Boolean(resume), isJoin: false });
    const results = await resultsOf([...said, { toolCalls: [...calls.values()] }], tools);
    said.push(...results);
    if (results.length) await run({ runId: `${runId}-next`, tools });
  }

  return {
    threadId,
    streams,
    get interrupts() {
      return interrupts;
    },
    watch(see) {
      watchers.add(see);
      return () => watchers.delete(see);
    },
    say: (message) => said.push(message),
    run,
    async connect() {
      const input = { runId: `${threadId}-connect`, messages: [] };
      const answer = await post("connect", inputOf(input));
      await read(answer, { threadId, isAnswer: false, isJoin: true });
    },
    async stop(runId) {
      await post(`stop/${threadId}`, { runId });
    },
    setToken(next) {
      authorization = `Bearer ${next}`;
    },
  };
}

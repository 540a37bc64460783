// An AG-UI agent that does what `forwardedProps.script` says, as the workflow `script` of Sergas does:
// the same subagent runs, pieces of text, tool calls, questions and failures, at the same pace.

import { setTimeout as sleep } from "node:timers/promises";

import { AbstractAgent, EventType } from "@ag-ui/client";
import { Observable } from "rxjs";

const WORDS = "every delta of this text is counted by the test that asked for it ";

export class ScriptedAgent extends AbstractAgent {
  stopping = new AbortController();

  clone() {
    return new ScriptedAgent({ agentId: this.agentId, threadId: this.threadId });
  }

  abortRun() {
    this.stopping.abort();
  }

  run(input) {
    return new Observable((subscriber) => {
      const say = (type, fields = {}) => subscriber.next({ type: EventType[type], ...fields });
      work(input, say, this.stopping.signal).then(
        () => subscriber.complete(),
        (error) => subscriber.error(error),
      );
    });
  }
}

async function work({ threadId, runId, forwardedProps, resume, messages }, say, signal) {
  const parts = forwardedProps?.script?.agents ?? [{ name: "a", deltas: 20, delay_ms: 2 }];
  const answered = new Set(messages.map(({ toolCallId }) => toolCallId));
  say("RUN_STARTED", { threadId, runId });
  const speakers = parts.map((part) => new Speaker(part, runId, say, signal));
  const ends = await Promise.all(speakers.map((each) => each.speak(Boolean(resume), answered)));
  const failed = ends.find(({ error }) => error);
  if (failed) return say("RUN_ERROR", { message: failed.error, code: "agent_failed" });
  const interrupts = ends.flatMap(({ interrupt }) => (interrupt ? [interrupt] : []));
  const outcome = interrupts.length ? { type: "interrupt", interrupts } : { type: "success" };
  say("RUN_FINISHED", { threadId, runId, outcome });
}

class Speaker {
  constructor(part, runId, say, signal) {
    Object.assign(this, { part: { deltas: 10, delta_chars: 12, delay_ms: 0, ...part }, signal });
    this.id = `${runId}:${part.name}`;
    this.emit = (type, fields) => say(type, { subagentRunId: this.id, ...fields });
  }

  async speak(isResumed, answered) {
    const { name, interrupt, expires_at, error, on_error } = this.part;
    this.emit("SUBAGENT_STARTED", { name });
    if (interrupt && !isResumed) {
      this.emit("SUBAGENT_FINISHED", { outcome: { type: "suspended" } });
      const question = { id: `${this.id}:answer`, reason: "input_required", message: interrupt };
      return { interrupt: expires_at ? { ...question, expiresAt: expires_at } : question };
    }
    if (this.callsThePage(answered)) return {};
    this.think();
    this.useTools();
    await this.talk();
    if (!error) this.emit("SUBAGENT_FINISHED", { outcome: { type: "success" } });
    else this.emit("SUBAGENT_ERROR", { message: error, code: "agent_failed" });
    return error && on_error !== "skip" ? { error } : {};
  }

  callsThePage(answered) {
    const { frontend_tool: tool, frontend_arguments: args, name } = this.part;
    if (!tool || [...answered].some((id) => id?.endsWith(`:${name}:frontend`))) return false;
    this.call(`${this.id}:frontend`, tool, args);
    this.emit("SUBAGENT_FINISHED", { outcome: { type: "suspended" } });
    return true;
  }

  think() {
    const { reasoning = 0 } = this.part;
    if (!reasoning) return;
    const messageId = `${this.id}:thought`;
    this.emit("REASONING_START", { messageId });
    this.emit("REASONING_MESSAGE_START", { messageId, role: "reasoning" });
    for (let n = 0; n < reasoning; n++) {
      this.emit("REASONING_MESSAGE_CONTENT", { messageId, delta: this.piece(n) });
    }
    this.emit("REASONING_MESSAGE_END", { messageId });
    this.emit("REASONING_END", { messageId });
  }

  useTools() {
    for (let n = 1; n <= (this.part.tools ?? 0); n++) {
      const toolCallId = `${this.id}:t${n}`;
      this.call(toolCallId, "script_tool", { number: n });
      const content = JSON.stringify({ number: n, square: n * n });
      this.emit("TOOL_CALL_RESULT", { toolCallId, messageId: `${toolCallId}:result`, content });
    }
  }

  call(toolCallId, toolCallName, args) {
    this.emit("TOOL_CALL_START", { toolCallId, toolCallName });
    this.emit("TOOL_CALL_ARGS", { toolCallId, delta: JSON.stringify(args) });
    this.emit("TOOL_CALL_END", { toolCallId });
  }

  async talk() {
    const { deltas, delay_ms } = this.part;
    const messageId = `${this.id}:m1`;
    this.emit("TEXT_MESSAGE_START", { messageId, role: "assistant" });
    for (let n = 0; n < deltas; n++) {
      this.emit("TEXT_MESSAGE_CONTENT", { messageId, delta: this.piece(n) });
      await sleep(delay_ms, undefined, { signal: this.signal });
    }
    this.emit("TEXT_MESSAGE_END", { messageId });
  }

  piece(n) {
    const { delta_chars: chars } = this.part;
    const start = (n * chars) % WORDS.length;
    return (WORDS.slice(start) + WORDS.repeat(Math.ceil(chars / WORDS.length) + 1)).slice(0, chars);
  }
}

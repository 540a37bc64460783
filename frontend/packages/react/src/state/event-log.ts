/** The newest events of a run in short, as somebody reads them who looks for a fault. */
import type { AgUiEvent } from "../client/events";

export interface LogEntry {
  /** The first and the last seq: deltas of one message follow each other as one entry. */
  readonly seq: number;
  readonly lastSeq: number;
  readonly count: number;
  readonly type: AgUiEvent["type"];
  /** The message, tool call or agent that it is about. */
  readonly about: string;
  readonly text: string;
  readonly at: number | undefined;
}

const KEPT = 400;
const SHOWN_CHARS = 160;

export function withLogged(
  log: readonly LogEntry[],
  event: AgUiEvent,
  seq: number,
): readonly LogEntry[] {
  const about = aboutOf(event);
  const text = textOf(event);
  const last = log.at(-1);
  if (last !== undefined && last.type === event.type && last.about === about && isDelta(event)) {
    const merged = { ...last, lastSeq: seq, count: last.count + 1, text: joined(last.text, text) };
    return log.with(-1, merged);
  }
  const { type, timestamp: at } = event;
  const kept = log.length < KEPT ? log : log.slice(1 - KEPT);
  return [...kept, { seq, lastSeq: seq, count: 1, type, about, text: joined("", text), at }];
}

function isDelta({ type }: AgUiEvent): boolean {
  return type === "TEXT_MESSAGE_CONTENT" || type === "TOOL_CALL_ARGS" || type === "ACTIVITY_DELTA";
}

function joined(said: string, more: string): string {
  return said.length >= SHOWN_CHARS ? said : `${said}${more}`.slice(0, SHOWN_CHARS);
}

function aboutOf(event: AgUiEvent): string {
  if ("messageId" in event) return event.messageId;
  if ("toolCallId" in event) return event.toolCallId;
  return event.subagentRunId ?? "";
}

function textOf(event: AgUiEvent): string {
  switch (event.type) {
    case "TEXT_MESSAGE_CONTENT":
    case "TOOL_CALL_ARGS":
      return event.delta;
    case "TOOL_CALL_START":
      return event.toolCallName;
    case "TOOL_CALL_RESULT":
      return event.content.slice(0, SHOWN_CHARS);
    case "SUBAGENT_STARTED":
      return event.name;
    case "SUBAGENT_ERROR":
    case "RUN_ERROR":
      return event.message;
    case "RUN_FINISHED":
      return event.outcome?.type ?? "";
    case "STATE_DELTA":
      return event.delta.map(({ op, path }) => `${op} ${path}`).join(", ");
    case "ACTIVITY_DELTA":
      return event.patch.map(({ op, path }) => `${op} ${path} `).join("");
    default:
      return "";
  }
}

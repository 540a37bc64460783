/** Server-sent events, cut out of bytes that may be split anywhere. */
export interface SseFrame {
  readonly id: string | undefined;
  readonly data: string;
}

export interface SseParser {
  /** Take the next bytes and return the frames that they complete. */
  push(bytes: Uint8Array): SseFrame[];
}

export function createSseParser(): SseParser {
  const decoder = new TextDecoder();
  let rest = "";
  let draft = emptyDraft();
  return {
    push(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      const frames: SseFrame[] = [];
      for (const line of lines) {
        const text = line.endsWith("\r") ? line.slice(0, -1) : line;
        if (text !== "") {
          draft = withLine(draft, text);
          continue;
        }
        if (draft.data.length > 0) frames.push({ id: draft.id, data: draft.data.join("\n") });
        draft = emptyDraft();
      }
      return frames;
    },
  };
}

export function encodeSseFrame(frame: SseFrame): string {
  const id = frame.id === undefined ? "" : `id: ${frame.id}\n`;
  const data = frame.data.split("\n").map((line) => `data: ${line}\n`);
  return `${id}${data.join("")}\n`;
}

interface Draft {
  readonly id: string | undefined;
  readonly data: readonly string[];
}

function emptyDraft(): Draft {
  return { id: undefined, data: [] };
}

function withLine(draft: Draft, line: string): Draft {
  const colon = line.indexOf(":");
  if (colon <= 0) return draft;
  const value = line.slice(colon + 1).replace(/^ /, "");
  switch (line.slice(0, colon)) {
    case "id":
      return { ...draft, id: value };
    case "data":
      return { ...draft, data: [...draft.data, value] };
    default:
      return draft;
  }
}

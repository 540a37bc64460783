/** A place in a run's event log, written `<runId>:<seq>` in the `id:` of a frame. */
export interface Cursor {
  readonly runId: string;
  readonly seq: number;
}

export function parseCursor(id: string | undefined): Cursor | undefined {
  if (id === undefined) return undefined;
  const colon = id.lastIndexOf(":");
  const seq = Number(id.slice(colon + 1));
  if (colon <= 0 || !Number.isSafeInteger(seq)) return undefined;
  return { runId: id.slice(0, colon), seq };
}

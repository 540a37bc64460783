/**
 * Cuts a text that grows into sections, so that only the last one is parsed and laid out again.
 *
 * More text never changes a section but the last. A cut falls between blocks of Markdown where it
 * can; a longer paragraph is cut between its sentences, and a longer list between its items.
 */
export interface Section {
  readonly text: string;
  /** The paragraph began in the section before. */
  readonly goesOn: boolean;
}

/** From here on a section may end at a blank line. */
const ENOUGH = 2_000;
/** From here on it may end inside a paragraph or a list. */
const MUCH = 4_000;
/** From here on a paragraph is cut at any space. */
const TOO_MUCH = 12_000;
/** What has to be known of a line to say what begins there: a list's number has nine digits. */
const KNOWN = 12;

/** A note stands elsewhere than its mark, so such a text stays whole. */
const NOTE = /\[\^[^\]\s]{1,200}\]/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ITEM = /^([-*+]|\d{1,9}[.)])\s/;
const NO_PARAGRAPH = /^(\s|>|\||<|#)/;

/** `before` are the sections of an earlier state of the text; those that still hold are kept. */
export function sectionsOf(text: string, before: readonly Section[] = []): readonly Section[] {
  const sections = kept(text, before);
  let from = sections.reduce((sum, section) => sum + section.text.length, 0);
  let goesOn = before[sections.length]?.goesOn ?? false;
  while (text.length - from > ENOUGH) {
    const cut = nextCut(text, from);
    if (cut === undefined) break;
    sections.push({ text: text.slice(from, cut.at), goesOn });
    from = cut.at;
    goesOn = cut.isInside;
  }
  if (from > 0 && NOTE.test(text)) return [{ text, goesOn: false }];
  return [...sections, { text: text.slice(from), goesOn }];
}

function kept(text: string, before: readonly Section[]): Section[] {
  let from = 0;
  const end = before.slice(0, -1).findIndex((section) => {
    const isKept = text.startsWith(section.text, from);
    from += section.text.length;
    return !isKept;
  });
  return before.slice(0, end < 0 ? -1 : end);
}

interface Cut {
  readonly at: number;
  readonly isInside: boolean;
}

/** Where the section that begins at `from` ends; undefined while it may still grow. */
function nextCut(text: string, from: number): Cut | undefined {
  let fence: string | undefined;
  let isAfterBlank = false;
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    if (newline < 0 && end - at < KNOWN) return undefined;
    const start = text.slice(at, Math.min(end, at + 80));
    const mark = FENCE.exec(start)?.[1];
    const isItem = ITEM.test(start);
    if (start.startsWith("<")) return undefined;
    if (fence === undefined && at - from >= limitFor({ isAfterBlank, isItem, start })) {
      return { at, isInside: false };
    }
    if (mark !== undefined) fence = fenceAfter(fence, mark);
    else if (fence === undefined && !isItem && !NO_PARAGRAPH.test(start)) {
      const inside = cutInside(text, { from, at, end });
      if (inside !== undefined) return { at: inside, isInside: true };
    }
    isAfterBlank = start.trim() === "";
    at = end;
  }
  return undefined;
}

/** How long the section has to be for a cut before this line. */
function limitFor(line: { isAfterBlank: boolean; isItem: boolean; start: string }): number {
  if (line.isItem) return MUCH;
  const isBlock = line.isAfterBlank && !/^[\s>|]/.test(line.start);
  return isBlock ? ENOUGH : Number.POSITIVE_INFINITY;
}

function fenceAfter(open: string | undefined, mark: string): string | undefined {
  if (open === undefined) return mark;
  return mark.startsWith(open) ? undefined : open;
}

/** The first end of a sentence in this line that stands outside of any emphasis, code or link. */
function cutInside(
  text: string,
  { from, at, end }: { from: number; at: number; end: number },
): number | undefined {
  if (end - from <= MUCH) return undefined;
  const counts = new Map<string, number>();
  for (let next = at + 1; next < end; next += 1) {
    const char = text.charAt(next - 1);
    // `**` opens or closes once, as `*` does.
    const isNewMark =
      MARKS.includes(char) && ("[]".includes(char) || char !== text.charAt(next - 2));
    if (isNewMark) counts.set(char, (counts.get(char) ?? 0) + 1);
    const length = next - from;
    if (length < MUCH || !isEnd(text, next, length >= MUCH + ENOUGH)) continue;
    if (length >= TOO_MUCH || isClosed(counts)) return next;
  }
  return undefined;
}

const WIDE_ENDS = "。！？";
const ENDS = ".!?:;";

/** A letter has to follow: anything else could begin a block of another kind there. */
function isEnd(text: string, next: number, isAnySpace: boolean): boolean {
  if (!/\p{L}/u.test(text.charAt(next))) return false;
  const char = text.charAt(next - 1);
  if (WIDE_ENDS.includes(char)) return true;
  return char === " " && (isAnySpace || ENDS.includes(text.charAt(next - 2)));
}

const MARKS = "`*_~$[]";

function isClosed(counts: ReadonlyMap<string, number>): boolean {
  const count = (mark: string) => counts.get(mark) ?? 0;
  return count("[") === count("]") && ["`", "*", "_", "~", "$"].every((m) => count(m) % 2 === 0);
}

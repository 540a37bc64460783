import { expect, test } from "vitest";
import { type Section, sectionsOf } from "../src/chat/sections";

const SENTENCE = "The carrier asked for a new price, and nobody has answered. ";
const PARAGRAPH = SENTENCE.repeat(5).trim();

function textsOf(text: string): string[] {
  return sectionsOf(text).map((section) => section.text);
}

/** The texts of a page that hears this text in small pieces. */
function heard(text: string): string[][] {
  return Array.from({ length: Math.ceil(text.length / 97) }, (_, index) =>
    textsOf(text.slice(0, (index + 1) * 97)),
  );
}

const TEXTS = {
  paragraphs: `${PARAGRAPH}\n\n`.repeat(60),
  "one paragraph": SENTENCE.repeat(300),
  "words without an end": "every delta of this text ".repeat(900),
  list: `- ${SENTENCE}\n`.repeat(300),
  "numbered list": Array.from({ length: 300 }, (_, n) => `${n + 1}. ${SENTENCE}\n\n`).join(""),
  "wide letters": "运费报价尚未答复。".repeat(2000),
};

test.each(Object.entries(TEXTS))("a long text is cut and nothing is lost: %s", (_, text) => {
  const texts = textsOf(text);

  expect(texts.join("")).toBe(text);
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(6_500);
});

test.each(Object.entries(TEXTS))("more text changes no section but the last: %s", (_, text) => {
  const whole = textsOf(text);

  for (const texts of heard(text)) {
    expect(texts.slice(0, -1)).toEqual(whole.slice(0, texts.length - 1));
  }
});

test.each(Object.entries(TEXTS))("a text that grew is cut as if it came at once: %s", (_, text) => {
  let sections: readonly Section[] = [];

  for (let piece = 1; piece * 97 < text.length + 97; piece += 1) {
    sections = sectionsOf(text.slice(0, piece * 97), sections);
  }

  expect(sections).toEqual(sectionsOf(text));
});

test("another text keeps nothing of the one before", () => {
  const before = sectionsOf(TEXTS.paragraphs);

  expect(sectionsOf(TEXTS.list, before)).toEqual(sectionsOf(TEXTS.list));
  expect(sectionsOf(PARAGRAPH, before)).toEqual(sectionsOf(PARAGRAPH));
});

test("a short text is one section", () => {
  expect(sectionsOf(PARAGRAPH)).toEqual([{ text: PARAGRAPH, goesOn: false }]);
});

test("blocks are cut between them and a paragraph goes on", () => {
  const blocks = sectionsOf(TEXTS.paragraphs);
  const parts = sectionsOf(TEXTS["one paragraph"]);

  expect(blocks.every(({ text, goesOn }) => text.startsWith("The") && !goesOn)).toBe(true);
  expect(parts.map(({ goesOn }) => goesOn)).toEqual([false, ...parts.slice(1).map(() => true)]);
  expect(parts.slice(0, -1).every(({ text }) => text.endsWith("answered. "))).toBe(true);
});

test("code, tables and HTML are not cut", () => {
  const code = `\`\`\`\n${`${PARAGRAPH}\n\n`.repeat(40)}\`\`\`\n`;
  const table = `| a | b |\n|---|---|\n${`| ${PARAGRAPH} | b |\n`.repeat(40)}`;
  const html = `<details>\n${`${PARAGRAPH}\n\n`.repeat(40)}</details>\n`;

  for (const text of [code, table, html]) expect(textsOf(text)).toEqual([text]);
});

test("what comes after code is cut again", () => {
  const code = `\`\`\`\n${`${PARAGRAPH}\n\n`.repeat(20)}\`\`\`\n\n`;

  expect(textsOf(`${code}${PARAGRAPH}`)).toEqual([code, PARAGRAPH]);
});

test("emphasis, links and code words stay whole", () => {
  const words = `${"Rates are open and rising ".repeat(160)}**${"bold. ".repeat(200)}** Then more. ${SENTENCE}`;

  const [first] = textsOf(words);

  expect(first?.split("**")).toHaveLength(3);
});

test("a text with notes is whole, for a note stands elsewhere than its mark", () => {
  const text = `${TEXTS.paragraphs}\n\nAs agreed.[^1]\n\n[^1]: By phone.`;

  expect(textsOf(text)).toEqual([text]);
});

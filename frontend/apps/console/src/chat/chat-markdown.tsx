import type { CopilotChatAssistantMessage } from "@copilotkit/react-core/v2";
import { type ComponentProps, useMemo, useRef } from "react";
import { MarkdownSection } from "./markdown-section";
import { type Section, sectionsOf } from "./sections";

type MarkdownProps = ComponentProps<typeof CopilotChatAssistantMessage.MarkdownRenderer>;

/** What an agent says, in sections: a long text that grows costs no more than its end. */
export function ChatMarkdown({ content }: MarkdownProps) {
  const before = useRef<readonly Section[]>([]);
  const sections = useMemo(() => sectionsOf(content, before.current), [content]);
  before.current = sections;
  return sections.map(({ text, goesOn }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a section keeps its place for good.
    <MarkdownSection key={index} text={text} goesOn={goesOn} />
  ));
}

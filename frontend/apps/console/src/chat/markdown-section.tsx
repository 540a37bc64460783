import { CopilotChatAssistantMessage } from "@copilotkit/react-core/v2";
import { type ComponentProps, memo } from "react";
import { type Evidence, useEvidence } from "../brief/evidence-context";
import { EvidenceMarks } from "../brief/evidence-marks";

type MarkdownProps = ComponentProps<typeof CopilotChatAssistantMessage.MarkdownRenderer>;

export interface MarkdownSectionProps {
  readonly text: string;
  /** The paragraph began in the section before. */
  readonly goesOn: boolean;
}

/** A part of what an agent says; drawn again only when its own text changes. */
export const MarkdownSection = memo(({ text, goesOn }: MarkdownSectionProps) => {
  const evidence = useEvidence();
  return (
    <CopilotChatAssistantMessage.MarkdownRenderer
      content={withMarks(text, evidence)}
      components={COMPONENTS}
      {...(goesOn && { className: "goes-on" })}
    />
  );
});

/** Turn `[22]` into a link that is drawn as a mark, where there is such a source. */
export function withMarks(text: string, { numberOf }: Pick<Evidence, "numberOf">): string {
  return text.replaceAll(/\[(\d{1,4})\](?![(\d])/g, (found, number: string) =>
    numberOf(`S${number}`) === undefined ? found : `[${number}](${MARK}S${number})`,
  );
}

const MARK = "#source-";

const COMPONENTS: NonNullable<MarkdownProps["components"]> = {
  a({ href, children }) {
    if (href?.includes(MARK)) return <EvidenceMarks ids={[href.split(MARK)[1] ?? ""]} />;
    return (
      <a href={href} target="_blank" rel="noreferrer" className="underline">
        {children}
      </a>
    );
  },
};

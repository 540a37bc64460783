import {
  useAgentContext,
  useFrontendTool,
  useHumanInTheLoop,
  useInterrupt,
  useRenderTool,
} from "@copilotkit/react-core/v2";
import { z } from "zod";
import { AGENT } from "./agent";

const paintSchema = z.object({ colour: z.string() });
const chooseSchema = z.object({ question: z.string() });
const squareSchema = z.object({ number: z.number() });

export interface PageToolsProps {
  readonly colour: string;
  readonly onPaint: (colour: string) => void;
}

/** What the page offers to agents, and how it shows what they do; it draws nothing by itself. */
export function PageTools({ colour, onPaint }: PageToolsProps) {
  useAgentContext({ description: "The colour of the page", value: colour });
  useFrontendTool({
    name: "paint",
    description: "Paints the page.",
    parameters: paintSchema,
    handler: async ({ colour: wanted }) => {
      onPaint(wanted);
      return `The page is ${wanted} now.`;
    },
  });
  useHumanInTheLoop({
    name: "choose",
    description: "Lets the person choose.",
    parameters: chooseSchema,
    render: ({ status, args, respond, result }) => (
      <p data-testid="choice" data-status={status}>
        {args.question} {result}
        {respond && (
          <button type="button" onClick={() => void respond("The person chose the left one.")}>
            Left
          </button>
        )}
      </p>
    ),
  });
  useRenderTool({
    name: "script_tool",
    parameters: squareSchema,
    render: ({ status, result }) => (
      <p data-testid="square" data-status={status}>
        {result}
      </p>
    ),
  });
  useInterrupt({
    agentId: AGENT,
    render: ({ interrupt, resolve }) => (
      <p data-testid="question">
        {interrupt?.message}
        <button type="button" onClick={() => void resolve({ approved: true })}>
          Yes
        </button>
      </p>
    ),
  });
  return null;
}

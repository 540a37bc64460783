import type { CopilotChatSuggestionPillProps } from "@copilotkit/react-core/v2";
import { ArrowRight } from "lucide-react";
import { forwardRef } from "react";
import { hintFor } from "./suggestions";

/** A suggestion with a sentence about what it will show. */
export const SuggestionChip = forwardRef<HTMLButtonElement, CopilotChatSuggestionPillProps>(
  function SuggestionChip({ children, isLoading, icon: _, className: __, ...button }, ref) {
    const hint = hintFor(children);
    return (
      <button
        {...button}
        ref={ref}
        type="button"
        data-testid="suggestion-chip"
        disabled={isLoading === true}
        className="group pointer-events-auto flex w-full items-center gap-3 px-4 py-3 text-start transition-colors hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="block text-sm font-medium text-ink">{children}</span>
          {hint !== undefined && (
            <span className="block text-[13px] leading-5 text-ink-2">{hint}</span>
          )}
        </span>
        <ArrowRight
          aria-hidden
          size={15}
          className="shrink-0 text-ink-3 transition-transform group-hover:translate-x-0.5 motion-reduce:transition-none rtl:rotate-180 rtl:group-hover:-translate-x-0.5"
        />
      </button>
    );
  },
);

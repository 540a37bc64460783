import { Braces } from "lucide-react";
import { useMemo } from "react";
import type { Json } from "../client/json";
import { useTexts } from "../hooks/texts";
import { JsonView } from "./json-view";

export interface StateInspectorProps {
  readonly state: Json;
}

/** The run's shared state as it is on the wire. */
export function StateInspector({ state }: StateInspectorProps) {
  const texts = useTexts();
  const size = useMemo(() => JSON.stringify(state).length, [state]);
  return (
    <details className="group rounded-lg border border-line bg-surface">
      <summary className="flex h-9 cursor-pointer items-center gap-2 rounded-lg px-3 text-[13px] font-medium text-ink">
        <Braces aria-hidden size={14} className="text-ink-3" />
        {texts.sharedState}
        <span className="ms-auto text-xs font-normal text-ink-3 tabular-nums">
          <bdi>{(size / 1024).toFixed(1)} kB</bdi>
        </span>
      </summary>
      <div className="border-t border-line p-2">
        <JsonView label={texts.sharedState} value={state} />
      </div>
    </details>
  );
}

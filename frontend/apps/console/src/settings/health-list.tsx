import { StatusIcon } from "@sergas/react";
import type { Health } from "./health-api";

export interface HealthListProps {
  readonly health: Health;
}

/** Every component with what it says of itself, and the model providers that were called. */
export function HealthList({ health }: HealthListProps) {
  const providers = Object.entries(health.providers).map(([name, provider]) => ({
    name: `Provider ${name}`,
    isWell: provider.state === "closed",
    detail:
      provider.state === "closed"
        ? "calls go through"
        : `left alone after ${provider.faults} faults`,
  }));
  const components = Object.entries(health.components).map(([name, { status, detail }]) => ({
    name: name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " "),
    isWell: status === "healthy",
    detail,
  }));
  return (
    <ul className="divide-y divide-line border-y border-line text-[13px] leading-5">
      {[...components, ...providers].map(({ name, isWell, detail }) => (
        <li key={name} className="flex flex-wrap items-center gap-x-4 py-1.5">
          <span className="flex w-52 shrink-0 items-center gap-2">
            <StatusIcon tone={isWell ? "ok" : "bad"} size={14} />
            {name}
            <span className="sr-only">{isWell ? "healthy" : "not healthy"}</span>
          </span>
          <span
            className={`min-w-0 flex-1 [overflow-wrap:anywhere] ${isWell ? "text-ink-2" : "text-bad"}`}
          >
            {detail}
          </span>
        </li>
      ))}
    </ul>
  );
}

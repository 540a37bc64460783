import { Component, type Context, type ReactNode } from "react";
import { type LiveRuns, LiveRunsContext } from "../hooks/live-runs";
import { BrokenPart } from "./broken-part";

export interface RunErrorBoundaryProps {
  readonly children: ReactNode;
  /** What stands there instead, and how to try again. */
  readonly fallback?: (error: Error, tryAgain: () => void) => ReactNode;
}

interface BoundaryState {
  readonly error: Error | undefined;
}

/** Keeps what breaks inside it from taking the page along, and counts it. */
export class RunErrorBoundary extends Component<RunErrorBoundaryProps, BoundaryState> {
  static override readonly contextType: Context<LiveRuns | undefined> = LiveRunsContext;
  declare context: LiveRuns | undefined;

  override state: BoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(): void {
    this.context?.meter.noteError();
  }

  private readonly tryAgain = () => this.setState({ error: undefined });

  override render(): ReactNode {
    const { children, fallback } = this.props;
    const { error } = this.state;
    if (error === undefined) return children;
    if (fallback !== undefined) return fallback(error, this.tryAgain);
    return <BrokenPart error={error} onTryAgain={this.tryAgain} />;
  }
}

import { Component, type ReactNode } from "react";
import { CardPage } from "../session/card-page";

export interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
}

/** The last resort; runs are on the server and do not mind. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: Error): ErrorBoundaryState {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <CardPage title="This page has a fault">
        <div role="alert" className="flex flex-col gap-3 text-[13px] leading-5 text-ink-2">
          <p>Your runs go on without it. Reload to see them again.</p>
          <pre className="overflow-auto rounded-md bg-sunken p-2 text-[11px]">
            {this.state.error.message}
          </pre>
          <button
            type="button"
            onClick={() => window.location.reload()}
            className="button-primary h-9 justify-center"
          >
            Reload
          </button>
        </div>
      </CardPage>
    );
  }
}

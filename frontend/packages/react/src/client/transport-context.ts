/** What every stream of a transport shares. */
import type { Breath } from "./breath";
import type { Bell } from "./link";
import type { TransportListener } from "./listener";
import type { Meter } from "./meter";
import type { ResumePolicy } from "./resume";
import type { SocketMessage } from "./socket-stream";

export interface TransportOptions {
  readonly runtimeUrl: string;
  readonly listener: TransportListener;
  readonly fetch: typeof fetch;
  readonly maxAttempts: number;
  /** What every new request of a stream carries; asked each time, so that tokens may change. */
  readonly headers: () => Record<string, string>;
  /** Where the WebSocket is that streams go on over when server-sent events do not get through. */
  readonly socketUrl?: string | undefined;
  readonly silenceMs?: number;
  readonly random?: () => number;
  /** Asked before each frame whether others should work first. */
  readonly breath?: Breath | undefined;
  readonly meter?: Pick<Meter, "note"> | undefined;
}

export interface TransportContext {
  readonly options: TransportOptions;
  readonly policy: ResumePolicy;
  readonly bell: Bell;
  readonly nextId: () => number;
  readonly openSocket: (
    message: SocketMessage,
    signal: AbortSignal,
  ) => Promise<Response> | undefined;
}

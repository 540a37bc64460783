/** A WebSocket whose server end a test holds. */
import { vi } from "vitest";
import { parseJson } from "../../src/client/json";

export interface ServerEnd {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly heard: unknown[];
  readonly isOpen: boolean;
  say(message: object): void;
  close(code?: number): void;
}

/** Replace the page's WebSocket; each connection is handed to `onOpen` with its server end. */
export function installFakeSockets(onOpen: (server: ServerEnd) => void): void {
  class FakeSocket {
    onopen: (() => void) | undefined;
    onmessage: ((message: { readonly data: string }) => void) | undefined;
    onclose: ((end: { readonly code: number }) => void) | undefined;
    readonly heard: unknown[] = [];
    isOpen = false;

    constructor(
      readonly url: string,
      readonly protocols: readonly string[],
    ) {
      queueMicrotask(() => {
        this.isOpen = true;
        this.onopen?.();
        onOpen(this);
      });
    }

    send(text: string) {
      this.heard.push(parseJson(text));
    }

    close(code = 1000) {
      if (!this.isOpen) return;
      this.isOpen = false;
      this.onclose?.({ code });
    }

    say(message: object) {
      this.onmessage?.({ data: JSON.stringify(message) });
    }
  }
  vi.stubGlobal("WebSocket", FakeSocket);
}

import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import type { Connection } from "../state/connection";
import { connectionWords } from "../state/words";
import { TONE_FILL, TONE_TEXT } from "./tones";

export interface ConnectionBadgeProps {
  readonly connection: Connection;
  readonly onReconnect: () => void;
}

/** What the transport knows; a button appears when there is something to do about it. */
export function ConnectionBadge({ connection, onReconnect }: ConnectionBadgeProps) {
  const isWaiting = connection.retryAt !== undefined;
  const texts = useTexts();
  const now = useNow(isWaiting, 250);
  const words = connectionWords(connection, now, texts);
  const canReconnect = isWaiting || connection.status === "disconnected";
  return (
    <span className="inline-flex items-center gap-1.5 text-xs whitespace-nowrap">
      <span
        data-testid="connection-badge"
        data-status={connection.status}
        className="inline-flex items-center gap-1.5 text-ink-2"
      >
        <span aria-hidden className={`size-1.5 rounded-full ${TONE_FILL[words.tone]}`} />
        <span className={words.tone === "ok" ? "" : TONE_TEXT[words.tone]}>{words.label}</span>
      </span>
      {canReconnect && (
        <button type="button" onClick={onReconnect} className="button-quiet h-6 px-1.5 text-xs">
          {isWaiting ? texts.now : texts.reconnect}
        </button>
      )}
    </span>
  );
}

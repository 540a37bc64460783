import { createContext, useContext } from "react";
import type { BlockCall, ChatMessages } from "./tool-block";

export const MessagesContext = createContext<ChatMessages>([]);

/** Everything that was said in this conversation; a message is drawn by what stands around it. */
export function useChatMessages(): ChatMessages {
  return useContext(MessagesContext);
}

export const ToolBlocksContext = createContext<ReadonlyMap<string, readonly BlockCall[]>>(
  new Map(),
);

const NO_CALLS: readonly BlockCall[] = [];

/** The calls of the block that begins at this message; none when they belong to an earlier one. */
export function useToolBlock(messageId: string): readonly BlockCall[] {
  return useContext(ToolBlocksContext).get(messageId) ?? NO_CALLS;
}

import type { CopilotChatViewProps } from "@copilotkit/react-core/v2";
import { createContext, useContext } from "react";

export type ChatMessages = NonNullable<CopilotChatViewProps["messages"]>;
export type ChatMessage = ChatMessages[number];

export const MessagesContext = createContext<ChatMessages>([]);

/** Everything that was said in this conversation; a message is drawn by what stands around it. */
export function useChatMessages(): ChatMessages {
  return useContext(MessagesContext);
}

import { type Context, createContext, useContext } from "react";
import { TEXTS, type Texts } from "../state/texts";

export const TextsContext: Context<Texts> = createContext<Texts>(TEXTS);

/** What the components say; the page's own words where the provider was given some. */
export function useTexts(): Texts {
  return useContext(TextsContext);
}

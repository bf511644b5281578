import { createContext, useContext } from "react";
import type { TemplateSource } from "../kernel/dependencies.ts";

/** Lists the templates; called when the menu is first opened, so that nothing of them is in the first load. */
export type ListTemplates = TemplateSource["list"];

export const TemplatesContext = createContext<ListTemplates>(() => Promise.resolve([]));

export function useListTemplates(): ListTemplates {
  return useContext(TemplatesContext);
}

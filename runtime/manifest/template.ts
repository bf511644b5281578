/** Variable templates: literals and `{{ name }}` (Spin's `expressions` crate). There are no escapes. */

export type TemplatePart = { literal: string } | { variable: string };

/** The parts of a template, or what is wrong with it, in Spin's words. */
export function parseTemplate(text: string): { parts: TemplatePart[] } | { fault: string } {
  const parts: TemplatePart[] = [];
  let rest = text;
  while (rest !== "") {
    const open = rest.indexOf("{{");
    if (open === -1) {
      parts.push({ literal: rest });
      break;
    }
    if (open > 0) parts.push({ literal: rest.slice(0, open) });
    const close = rest.indexOf("}}", open + 2);
    if (close === -1) return { fault: "invalid variable template: unmatched '{{' in template" };
    parts.push({ variable: rest.slice(open + 2, close).trim() });
    rest = rest.slice(close + 2);
  }
  return { parts };
}

/** Names of the application variables that a template takes; none for a template that is not valid. */
export function templateVariables(text: string): string[] {
  const parsed = parseTemplate(text);
  if ("fault" in parsed) return [];
  return parsed.parts.flatMap((part) => ("variable" in part ? [part.variable] : []));
}

/** Fills in a template. `value` gives an application variable's value; the first one it lacks is named. */
export function fillTemplate(
  text: string,
  value: (name: string) => string | undefined,
): { value: string } | { fault: string } | { missing: string } {
  const parsed = parseTemplate(text);
  if ("fault" in parsed) return parsed;
  let filled = "";
  for (const part of parsed.parts) {
    if ("literal" in part) {
      filled += part.literal;
      continue;
    }
    const found = value(part.variable);
    if (found === undefined) return { missing: part.variable };
    filled += found;
  }
  return { value: filled };
}

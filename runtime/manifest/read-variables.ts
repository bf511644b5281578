import { type ModelVariable, tableOf, textOf } from "./model.ts";
import type { Report } from "./report.ts";
import { isTable } from "./shape.ts";

/** Reads `[variables]`: each is either required or has a default. */
export function readVariables(value: unknown, report: Report): Map<string, ModelVariable> {
  const variables = new Map<string, ModelVariable>();
  for (const [name, table] of Object.entries(tableOf(value))) {
    if (!isTable(table)) continue;
    const path = ["variables", name];
    const required = table["required"] === true;
    const fallback = textOf(table["default"]);
    const description = textOf(table["description"]);
    if (required === Object.hasOwn(table, "default")) {
      report.keyError("invalid-variable", path, "must be `required` OR have a `default`");
    }
    variables.set(name, {
      required,
      path,
      ...(description === undefined ? {} : { description }),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(table["secret"] === true ? { secret: true } : {}),
    });
  }
  return variables;
}

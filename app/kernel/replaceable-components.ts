import type { CheckedApplication } from "./check.ts";
import { outputPath } from "./components.ts";
import type { ArrivedWasm } from "./state.ts";

/**
 * The components whose Wasm is a file of the workspace, and can be replaced. Those that call it by the name of the given file
 * come first, dashes and underscores being alike, as in what cargo makes.
 */
export function replaceableComponents({ lockedApp }: CheckedApplication, fileName: string): ArrivedWasm["replaceable"] {
  const alike = (name: string): string =>
    name
      .toLowerCase()
      .replace(/\.wasm$/, "")
      .replaceAll("_", "-");
  const given = alike(fileName);
  const found = lockedApp.components.flatMap((component) => {
    const source = outputPath(component);
    return source === undefined ? [] : [{ id: component.id, source }];
  });
  const fits = ({ id, source }: { id: string; source: string }): boolean =>
    alike(source.split("/").at(-1) ?? "") === given || alike(id) === given;
  return [...found.filter(fits), ...found.filter((one) => !fits(one))];
}

import type { Project } from "../intake/project.ts";
import type { ReadWasm } from "../intake/wasm-application.ts";

/** What the notice says of Wasm that became an application. */
export function describeApplication(components: readonly ReadWasm[]): string {
  const [first, ...others] = components;
  if (first !== undefined && others.length === 0) {
    const how = first.executor === "wagi" ? " It is a command, so it answers by WAGI." : "";
    return `${first.name} is an application now: spin.toml sends all requests to it (route "/...").${how}`;
  }
  const names = components.map(({ name }) => name).join(", ");
  const wagi = components.filter(({ executor }) => executor === "wagi").map(({ name }) => name);
  const how = wagi.length === 0 ? "" : ` Commands, which answer by WAGI: ${wagi.join(", ")}.`;
  return `${names} are one application now: spin.toml has a route for each.${how}`;
}

/** @param notes What could not be had, in sentences. */
export function describeProject(name: string, { files, leftOut }: Project, notes: readonly string[]): string {
  const left =
    leftOut === 0
      ? ""
      : ` ${count(leftOut)} left out: what tools make, and what lies outside of the application's folder.`;
  return [`Opened ${name}: ${count(Object.keys(files).length)}.${left}`, ...notes].join(" ");
}

export function describeFiles(paths: readonly string[]): string {
  return `${paths.join(", ")} ${paths.length === 1 ? "is" : "are"} in the workspace now.`;
}

export function describeReplacement({ id, source }: { id: string; source: string }, name: string): string {
  return `Component "${id}" is ${name} now (${source}).`;
}

function count(files: number): string {
  return files === 1 ? "1 file" : `${files.toLocaleString("en")} files`;
}

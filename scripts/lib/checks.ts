import { command } from "./step.ts";

/** The checks that need no build: what to say, and what to run. */
export const checks: { title: string; run: () => Promise<void> }[] = [
  { title: "Type check", run: () => command("tsc", ["--noEmit", "--pretty", "false", "-p", "."]) },
  { title: "Lint", run: () => command("oxlint", ["--type-aware", "--quiet"]) },
  { title: "Format check", run: () => command("oxfmt", ["--check"]) },
];

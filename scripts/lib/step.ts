import { spawn } from "node:child_process";

/** Says in one line what is being done, and how long it took once it is. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  process.stdout.write(`${title} … `);
  try {
    const result = await work();
    console.log(seconds(performance.now() - begin));
    return result;
  } catch (error) {
    console.log(`failed after ${seconds(performance.now() - begin)}`);
    throw error;
  }
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A program that was run ended with another exit code than 0. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

export interface CommandOptions {
  /** `show` lets the program write to the terminal; `on-failure` (the default) keeps its output for the error. */
  output?: "show" | "on-failure";
  environment?: Record<string, string>;
}

/**
 * Runs a program without input. Programs of node_modules/.bin are found by name.
 *
 * @throws CommandError with the program's output when it fails
 */
export async function command(
  program: string,
  args: string[],
  { output = "on-failure", environment = {} }: CommandOptions = {},
): Promise<void> {
  const child = spawn(program, args, {
    stdio: ["ignore", ...(output === "show" ? (["inherit", "inherit"] as const) : (["pipe", "pipe"] as const))],
    env: { ...process.env, ...environment, PATH: `node_modules/.bin${pathSeparator}${process.env["PATH"] ?? ""}` },
    // Windows finds the .cmd files of node_modules/.bin through its shell only.
    shell: process.platform === "win32",
  });
  let kept = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => (kept += text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new CommandError(`${kept}${program} ${args.join(" ")} ended with exit code ${code}`);
}

const pathSeparator = process.platform === "win32" ? ";" : ":";

import { emptySource } from "../bytes-source.ts";
import type { InstanceContext } from "../context.ts";
import type { HostInterfaces } from "../host-interface.ts";
import { wasiCli } from "../wasi-cli.ts";
import type { Result } from "../wasi-http-types.ts";
import { fromComponentStream, type GuestStream, toComponentStream } from "./component-stream.ts";

const ok: Result<undefined, string> = { tag: "ok", val: undefined };

/** Everything that the guest writes goes to the log, as it comes. */
async function writeToLog(
  context: InstanceContext,
  stream: "stdout" | "stderr",
  data: GuestStream,
): Promise<Result<undefined, string>> {
  const nothing = (): undefined => undefined;
  const { source } = fromComponentStream(data, context, nothing, () => Promise.resolve());
  while (source.state === "open") {
    const bytes = source.take(Number.MAX_SAFE_INTEGER);
    if (bytes.length > 0) context.log(stream, bytes);
    else await source.ready();
  }
  context.progress();
  return source.state === "failed" ? { tag: "err", val: "io" } : ok;
}

/** An interface that is the same as in 0.2. */
function as02(name: string): HostInterfaces[string] {
  const create = wasiCli[`wasi:cli/${name}@0.2`];
  return (context) => create?.(context) ?? {};
}

/** `wasi:cli` of 0.3, as `wasiCli` has it. */
export const wasiCli03: HostInterfaces = {
  "wasi:cli/types@0.3": () => ({}),
  "wasi:cli/environment@0.3": (context) => ({
    getEnvironment: () => Object.entries(context.component.env ?? {}),
    getArguments: (): string[] => [],
    getInitialCwd: () => undefined,
  }),
  "wasi:cli/exit@0.3": as02("exit"),
  "wasi:cli/stdin@0.3": (context) => ({
    readViaStream: () => [toComponentStream(emptySource(), context), Promise.resolve(ok)],
  }),
  "wasi:cli/stdout@0.3": (context) => ({
    writeViaStream: (data: GuestStream) => writeToLog(context, "stdout", data),
  }),
  "wasi:cli/stderr@0.3": (context) => ({
    writeViaStream: (data: GuestStream) => writeToLog(context, "stderr", data),
  }),
  "wasi:cli/terminal-input@0.3": as02("terminal-input"),
  "wasi:cli/terminal-output@0.3": as02("terminal-output"),
  "wasi:cli/terminal-stdin@0.3": as02("terminal-stdin"),
  "wasi:cli/terminal-stdout@0.3": as02("terminal-stdout"),
  "wasi:cli/terminal-stderr@0.3": as02("terminal-stderr"),
};

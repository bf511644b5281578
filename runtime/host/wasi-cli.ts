import { emptySource } from "./bytes-source.ts";
import type { InstanceContext } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import type { ByteSink } from "./pipe.ts";
import { refusingResource } from "./refusing-resource.ts";
import { InputStream } from "./wasi-io-input-stream.ts";
import { OutputStream } from "./wasi-io-output-stream.ts";

/** Thrown through the guest by `wasi:cli/exit`: it unwinds the instance, as a trap does. */
export class GuestExit extends Error {
  override readonly name = "GuestExit";
  readonly status: number;

  constructor(status: number) {
    super(`the guest ended itself with exit status ${status}`);
    this.status = status;
  }
}

/** Bytes a guest may write to its log in one call; nothing is buffered, so there is always room for as many. */
const largestLogWrite = 64 * 1024;

function logSink(context: InstanceContext, stream: "stdout" | "stderr"): ByteSink {
  return {
    capacity: largestLogWrite,
    state: "open",
    failure: undefined,
    isReady: true,
    ready: () => Promise.resolve(),
    write: (bytes) => context.log(stream, bytes),
    // Standard streams stay open for as long as the instance lives.
    end: () => undefined,
    fail: () => undefined,
  };
}

function exit(status: { tag: "ok" | "err" }): never {
  throw new GuestExit(status.tag === "ok" ? 0 : 1);
}

function exitWithCode(status: number): never {
  throw new GuestExit(status);
}

/** `terminal-input` and `terminal-output`: no stream of a guest is a terminal, so none is ever made. */
const TerminalInput = refusingResource("wasi:cli/terminal-input@0.2", "terminal-input", "none");
const TerminalOutput = refusingResource("wasi:cli/terminal-output@0.2", "terminal-output", "none");
const noTerminal = (): undefined => undefined;

/** `wasi:cli` as Spin gives it: the component's environment, no arguments, empty stdin, stdout and stderr to the log. */
export const wasiCli: HostInterfaces = {
  "wasi:cli/environment@0.2": (context) => ({
    getEnvironment: () => Object.entries(context.component.env ?? {}),
    getArguments: (): string[] => [],
    initialCwd: () => undefined,
  }),
  "wasi:cli/exit@0.2": () => ({ exit, exitWithCode }),
  "wasi:cli/stdin@0.2": (context) => ({ getStdin: () => new InputStream(emptySource(), context) }),
  "wasi:cli/stdout@0.2": (context) => ({ getStdout: () => new OutputStream(logSink(context, "stdout"), context) }),
  "wasi:cli/stderr@0.2": (context) => ({ getStderr: () => new OutputStream(logSink(context, "stderr"), context) }),
  "wasi:cli/terminal-input@0.2": () => ({ TerminalInput }),
  "wasi:cli/terminal-output@0.2": () => ({ TerminalOutput }),
  "wasi:cli/terminal-stdin@0.2": () => ({ getTerminalStdin: noTerminal }),
  "wasi:cli/terminal-stdout@0.2": () => ({ getTerminalStdout: noTerminal }),
  "wasi:cli/terminal-stderr@0.2": () => ({ getTerminalStderr: noTerminal }),
};

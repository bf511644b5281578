import type { HostInterfaces } from "./host-interface.ts";
import { IoError } from "./wasi-io-error.ts";
import { InputStream } from "./wasi-io-input-stream.ts";
import { OutputStream } from "./wasi-io-output-stream.ts";
import { Pollable, poll } from "./wasi-io-poll.ts";

/** `wasi:io`: errors, readiness and byte streams. */
export const wasiIo: HostInterfaces = {
  "wasi:io/error@0.2": () => ({ Error: IoError }),
  "wasi:io/poll@0.2": (context) => ({ Pollable, poll: (pollables: Pollable[]) => poll(context, pollables) }),
  "wasi:io/streams@0.2": () => ({ InputStream, OutputStream }),
};

import type { HostInterfaces } from "./host-interface.ts";
import { underVersion } from "./release-candidate.ts";
import { candidate20231018 as version } from "./release-candidate-facts.ts";
import { wasiHttp20231018 } from "./wasi-2023-10-18-http.ts";
import { wasiSockets20231018 } from "./wasi-2023-10-18-sockets.ts";
import { wasiCli } from "./wasi-cli.ts";
import { subscribeDuration, subscribeInstant, wasiClocks } from "./wasi-clocks.ts";
import { wasiFilesystem } from "./wasi-filesystem.ts";
import { IoError } from "./wasi-io-error.ts";
import { poll, Pollable } from "./wasi-io-poll.ts";
import { wasiIo } from "./wasi-io.ts";
import { wasiRandom } from "./wasi-random.ts";
import { wasiSockets } from "./wasi-sockets.ts";

const { "wasi:io/error@0.2": _laterOnly, ...io } = wasiIo;

/** WASI 0.2.0-rc-2023-10-18. The errors of streams are theirs alone, pollables have no methods, and one function waits for a time. */
export const wasi20231018: HostInterfaces = {
  ...underVersion({ ...io, ...wasiClocks, ...wasiRandom, ...wasiCli, ...wasiFilesystem, ...wasiSockets }, version),
  [`wasi:io/poll@${version}`]: (context) => ({
    Pollable,
    pollList: (pollables: Pollable[]) => poll(context, pollables),
    pollOne: (pollable: Pollable) => pollable.block(),
  }),
  [`wasi:io/streams@${version}`]: (context) => ({ ...wasiIo["wasi:io/streams@0.2"]?.(context), Error: IoError }),
  [`wasi:clocks/monotonic-clock@${version}`]: (context) => ({
    ...wasiClocks["wasi:clocks/monotonic-clock@0.2"]?.(context),
    subscribe: (when: bigint, absolute: boolean) =>
      absolute ? subscribeInstant(context, when) : subscribeDuration(context, when),
  }),
  ...wasiSockets20231018,
  ...wasiHttp20231018,
};

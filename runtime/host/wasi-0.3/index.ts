import type { HostInterfaces } from "../host-interface.ts";
import { wasiCli03 } from "./cli.ts";
import { wasiClocks03 } from "./clocks.ts";
import { candidate } from "./facts.ts";
import { wasiFilesystem03 } from "./filesystem.ts";
import { wasiHttp03 } from "./http.ts";
import { wasiRandom03 } from "./random.ts";
import { wasiSockets03 } from "./sockets.ts";

const release: HostInterfaces = {
  ...wasiCli03,
  ...wasiClocks03,
  ...wasiFilesystem03,
  ...wasiHttp03,
  ...wasiRandom03,
  ...wasiSockets03,
};

/** All of WASI 0.3 that there is, under the names of 0.3.x and of the candidate that Spin takes. */
export const wasi03: HostInterfaces = {
  ...release,
  ...Object.fromEntries(
    Object.entries(release).map(([name, create]) => [name.replace(/@0\.3$/, `@${candidate}`), create]),
  ),
};

/** The module that the build worker runs. */
import { expose } from "comlink";
import type { WorkerStart } from "./api.ts";
import { BuildWorker } from "./build-worker.ts";
import { PackLoader } from "./pack-loader.ts";

addEventListener(
  "message",
  ({ data: { packBase, manifest, port } }: MessageEvent<WorkerStart>) => {
    expose(new BuildWorker(new PackLoader(packBase, { manifest })), port);
  },
  { once: true },
);

/** The module that the build worker runs. The first message is the address of the pack. */
import { expose } from "comlink";
import { BuildWorker } from "./build-worker.ts";

addEventListener(
  "message",
  ({ data }: MessageEvent<{ packBase: string }>) => {
    expose(new BuildWorker(data.packBase));
  },
  { once: true },
);

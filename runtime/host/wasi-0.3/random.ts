import type { HostInterfaces } from "../host-interface.ts";
import { insecure, random, randomU64 } from "../wasi-random.ts";

const insecureSeed = { getInsecureSeed: (): [bigint, bigint] => [randomU64(), randomU64()] };

/** `wasi:random` of 0.3. */
export const wasiRandom03: HostInterfaces = {
  "wasi:random/random@0.3": () => random,
  "wasi:random/insecure@0.3": () => insecure,
  "wasi:random/insecure-seed@0.3": () => insecureSeed,
};

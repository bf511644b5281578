import type { HostInterfaces } from "./host-interface.ts";

/** Most bytes that one call of `crypto.getRandomValues` gives (Web Cryptography API). */
const largestFill = 65_536;

/** Cryptographically secure bytes; a length that cannot be allocated is a trap. */
function randomBytes(length: bigint): Uint8Array {
  const bytes = new Uint8Array(Number(length));
  for (let at = 0; at < bytes.length; at += largestFill) crypto.getRandomValues(bytes.subarray(at, at + largestFill));
  return bytes;
}

export function randomU64(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n;
}

export const random = { getRandomBytes: randomBytes, getRandomU64: randomU64 };
export const insecure = { getInsecureRandomBytes: randomBytes, getInsecureRandomU64: randomU64 };
const insecureSeed = { insecureSeed: (): [bigint, bigint] => [randomU64(), randomU64()] };

/** `wasi:random`. The insecure functions may be secure, and are: the browser has one source. */
export const wasiRandom: HostInterfaces = {
  "wasi:random/random@0.2": () => random,
  "wasi:random/insecure@0.2": () => insecure,
  "wasi:random/insecure-seed@0.2": () => insecureSeed,
};

/** Sets the globals of the Spin 1.0 SDK. Imported before the person's module, whose top level may use them. */
import { getEnvironment } from "wasi:cli/environment@0.2.10";
import { createRouter } from "./router.ts";
import { spinSdk, toBuffer } from "./spin-sdk.ts";

const refuse = (name: string) => () => {
  throw new Error(`${name} of the Spin 1.0 SDK is not available in the playground.`);
};

const globals: Record<string, unknown> = {
  spinSdk,
  utils: { Router: createRouter, toBuffer },
  router: createRouter(),
  fsPromises: { readFile: refuse("fsPromises.readFile"), readdir: refuse("fsPromises.readdir") },
  glob: refuse("glob"),
  // A getter: the environment is known only while a request is handled.
  process: {
    get env(): Record<string, string> {
      return Object.fromEntries(getEnvironment()) as Record<string, string>;
    },
  },
};

for (const [name, value] of Object.entries(globals)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

Object.assign(crypto, {
  createHash: refuse("crypto.createHash (use crypto.subtle.digest)"),
  createHmac: refuse("crypto.createHmac (use crypto.subtle.sign)"),
  timingSafeEqual(a: ArrayBufferView, b: ArrayBufferView): boolean {
    const left = new Uint8Array(toBuffer(a));
    const right = new Uint8Array(toBuffer(b));
    if (left.length !== right.length) return false;
    return left.reduce((difference, byte, index) => difference | (byte ^ (right[index] ?? 0)), 0) === 0;
  },
});

import { PlaygroundError } from "../errors.ts";

/** The first clang whose wasi-libc lacks the fault of wasi-libc#377, as far as that can be told by clang's version. */
const earliestSafeClang: Version = [15, 0, 7];

type Version = readonly [major: number, minor: number, patch: number];

/**
 * Refuses what Spin refuses: a command whose allocator may hand out memory that is in use (`bugs.rs` of its `componentize`
 * crate). A version that is not there, or that cannot be read, is let pass.
 */
export function requireSafeAllocator(clang: string | undefined): void {
  const version = clang === undefined ? undefined : readVersion(clang);
  if (version === undefined || !isBefore(version, earliestSafeClang)) return;
  throw new PlaygroundError(
    "component-invalid",
    "This Wasm module appears to have been compiled with wasi-sdk version <19 which contains a critical memory safety " +
      `bug. For more information, see: https://github.com/spinframework/spin/issues/2552 (Its clang is ${version.join(".")}; ` +
      "a build by wasi-sdk 19 or newer runs.)",
  );
}

/**
 * Refuses a `component-type` section of a wit-bindgen before 0.5, from which on modules have the canonical ABI of components,
 * and of any that Spin does not know. A section without a version is not refused.
 */
export function requireCanonicalAbi(version: string | undefined): void {
  if (version === undefined) return;
  const [major, minor, , rest] = version.split(".");
  const isNumber = (part: string | undefined): boolean => /^\d{1,3}$/.test(part ?? "");
  if (isNumber(major) && isNumber(minor) && Number(major) === 0 && Number(minor) >= 5 && rest === undefined) return;
  const shown = version.slice(0, 40);
  throw new PlaygroundError(
    "component-invalid",
    `cannot adapt modules created with wit-bindgen version ${shown}. Spin takes modules of wit-bindgen 0.2 (its SDKs before ` +
      "1.3) and of 0.5 or newer, and components, whatever made them.",
  );
}

/** `16.0.0`, also with what follows a space, or with `-wasi-sdk`. */
function readVersion(text: string): Version | undefined {
  const [, major, minor, patch] = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})(?:-wasi-sdk)?(?: |$)/.exec(text) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function isBefore(version: Version, other: Version): boolean {
  const place = version.findIndex((part, index) => part !== other[index]);
  return place >= 0 && (version[place] ?? 0) < (other[place] ?? 0);
}

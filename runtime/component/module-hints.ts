import type { ModuleInfo } from "./wasm/module.ts";

/** What tells which tool made a module that does not fit, and which build would. The first that applies is said. */
const hints: readonly { readonly applies: (info: ModuleInfo) => boolean; readonly text: string }[] = [
  {
    applies: exporting("handle-redis-message"),
    text: "It is made for Spin's Redis trigger, which there is not in a browser.",
  },
  {
    applies: importingFrom(/^(?:wbg|__wbindgen.*)$|_bg\.js$/),
    text: "It was made by wasm-bindgen for web pages: build it for wasm32-wasip1 or wasm32-wasip2 with Spin's Rust SDK.",
  },
  {
    applies: importingFrom(/^(?:go|gojs)$/),
    text: "It was made by Go for web pages (GOOS=js): build it by TinyGo with -target=wasip1 and Spin's Go SDK.",
  },
  {
    applies: importingFrom(/^wasi_unstable$/),
    text: "It is made for the first snapshot of WASI: build it with a toolchain of 2021 or newer (wasm32-wasip1).",
  },
  {
    applies: importingFrom(/^env$/),
    text:
      "Imports from `env` come of Emscripten, or of functions that the linker did not find: build it with wasi-sdk 19 or newer " +
      "for wasm32-wasip1.",
  },
  {
    applies: exporting("cabi_realloc"),
    text:
      "It was made by wit-bindgen 0.3 or newer, and what describes its interfaces (the custom section `component-type`) was " +
      "stripped: build it without stripping custom sections, or as a component (wasm32-wasip2, `wasm-tools component new`).",
  },
  {
    applies: ({ exports }) => exports.some(({ name }) => name === "_start"),
    text: "A command without wit-bindgen is run by the WAGI executor, and must not export an allocator of wit-bindgen.",
  },
];

const fallback =
  "A component for HTTP is made by today's Spin SDKs; a module by those of 2023 (wit-bindgen 0.2, `handle-http-request`), or by " +
  "any compiler for wasm32-wasip1 as a command (`_start`) for the WAGI executor.";

/** A sentence about the toolchain that would fit. */
export function moduleHint(info: ModuleInfo): string {
  return hints.find(({ applies }) => applies(info))?.text ?? fallback;
}

function exporting(wanted: string): (info: ModuleInfo) => boolean {
  return ({ exports }) => exports.some(({ name }) => name === wanted);
}

function importingFrom(pattern: RegExp): (info: ModuleInfo) => boolean {
  return ({ imports }) => imports.some(({ module }) => pattern.test(module));
}

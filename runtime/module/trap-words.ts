/** What browsers say of a trap, and what Wasmtime, and so Spin, does. */
const words: readonly (readonly [browsers: RegExp, wasmtime: string])[] = [
  [/unreachable/i, "wasm `unreachable` instruction executed"],
  [/out.of.bounds.*table|table.*out of bounds/i, "undefined element: out of bounds table access"],
  [/out of bounds/i, "out of bounds memory access"],
  [/divide by zero|division by zero/i, "integer divide by zero"],
  [/divide result unrepresentable|integer overflow/i, "integer overflow"],
  [/float unrepresentable|conversion to integer/i, "invalid conversion to integer"],
  [/signature mismatch/i, "indirect call type mismatch"],
];

/** The same; a trap of the guest rejects with Wasmtime's words for it, anything else as it is. */
export async function inTrapWords<Value>(running: Promise<Value>): Promise<Value> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    const known = words.find(([browsers]) => browsers.test(error.message));
    throw new Error(`wasm trap: ${known?.[1] ?? error.message}`, { cause: error });
  }
}

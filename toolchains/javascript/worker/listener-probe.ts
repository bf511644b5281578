const mark = "spin-playground: a fetch listener was added";

/**
 * Runs at the head of every bundle: the first fetch listener puts a mark into the output, and the engine's own function
 * back in its place. Text cannot tell: a bundle with hono in it always contains the call, whether it is made or not.
 */
export const listenerProbe =
  `{ const add = addEventListener; globalThis.addEventListener = function (type) { ` +
  `if (type === "fetch") { globalThis.addEventListener = add; console.log("${mark}"); } ` +
  `return Reflect.apply(add, this, arguments); }; }`;

/** Whether the mark is in the output, and the output without it. */
export function readProbe(output: string): { listening: boolean; output: string } {
  const rest = output.replace(`${mark}\n`, "");
  return { listening: rest !== output, output: rest };
}

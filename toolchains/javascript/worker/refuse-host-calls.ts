/**
 * Sources that take the place of the host in a second run of a program whose first was stopped by a host call. They throw
 * where the engine would stop without a word: a thrown error has a place. It is printed too, since the caller may catch it.
 */
const stop = `const stop = (name) => () => {
  const error = new Error("host call: " + name);
  console.error(error.message + "\\n" + error.stack);
  throw error;
};`;

/** Runs before the person's code: for the functions of the engine that call the host by themselves. */
export const refuseRandomness = `${stop}
Math.random = stop("wasi:random/random#Math.random()");
crypto.getRandomValues = stop("wasi:random/random#crypto.getRandomValues()");
crypto.randomUUID = stop("wasi:random/random#crypto.randomUUID()");
`;

/**
 * The module of a WIT interface. CommonJS, so that any name can be imported from it: what esbuild makes of such a module
 * for an importer has the module's prototype, and here that answers for every name.
 */
export function refusingModule(specifier: string): string {
  return `${stop}
const refuse = (name) => new Proxy(function () {}, {
  get: (_, key) => (key === "prototype" ? {} : refuse(name + "." + String(key))),
  apply: stop("${specifier}#" + name),
  construct: stop("${specifier}#" + name),
});
const all = new Proxy({}, {
  get: (_, key) => (key === "__esModule" ? true : refuse(String(key))),
  getPrototypeOf: () => all,
});
module.exports = all;`;
}

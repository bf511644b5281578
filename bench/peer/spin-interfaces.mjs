/**
 * Loaded by `jco serve` before it serves: interfaces that a component may import and Node's WASI does not have. They are
 * there and every function of them throws, so that a component that imports them without a call can be served as it is.
 */
import { WASIShim } from "@bytecodealliance/preview2-shim/instantiation";

const interfaces = [
  ...["key-value", "variables", "sqlite", "redis", "mqtt", "llm", "rdbms-types", "mysql", "postgres"].map(
    (name) => `fermyon:spin/${name}`,
  ),
  ...["store", "atomics", "batch"].map((name) => `wasi:keyvalue/${name}`),
  "wasi:config/store",
];

function refuse() {
  throw new Error("Node's WASI does not have this interface.");
}

const refusing = Object.fromEntries(interfaces.map((name) => [name, new Proxy({}, { get: () => refuse })]));
const { value: getImportObject } = Object.getOwnPropertyDescriptor(WASIShim.prototype, "getImportObject") ?? {};
WASIShim.prototype.getImportObject = function (options) {
  return Object.assign(getImportObject.call(this, options), refusing);
};

import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { mapStack, positionsIn } from "../source-map.ts";
import type { InitialisationFault } from "./initialise.ts";

const advice = "Move it into the request handler: the top level runs once, when the component is built.";

/** Says why the top level could not be evaluated, at the person's line where the engine's output names one. */
export function explainFault(fault: InitialisationFault, sourceMap: string, entry: string): Diagnostic {
  const position = positionsIn(fault.output, sourceMap).find(({ file }) => !/^(?:node_modules\/|refused:)/.test(file));
  const { code, message } = explain(fault, sourceMap);
  return { severity: "error", code, message, ...(position ?? { file: entry, line: 1, column: 1 }) };
}

function explain(fault: InitialisationFault, sourceMap: string): { code: string; message: string } {
  const output = mapStack(fault.output, sourceMap);
  const thrownHostCall = /host call: (\S+#[^\n]+)/.exec(output)?.[1];
  const hostCall = thrownHostCall ?? fault.hostCall;
  if (hostCall !== undefined) return { code: "host-call-at-top-level", message: explainHostCall(hostCall) };
  const late = /(\w+) can only be used during request handling/.exec(output)?.[1];
  if (late !== undefined)
    return { code: "host-call-at-top-level", message: `"${late}" cannot be used at the top level. ${advice}` };
  const missing = /Error loading module "([^"]+)"/.exec(output)?.[1];
  if (missing !== undefined) {
    return { code: "import-not-found", message: `The module "${missing}" cannot be imported in this component.` };
  }
  // The error stands in the line below that, after its place.
  const thrown = /^Exception while .*\n(?:\S+:\d+:\d+ )?(.+)$/m.exec(output)?.[1];
  if (thrown !== undefined) {
    const message = `The top level threw when the component was built: ${thrown.replace(/^uncaught exception: /, "")}`;
    return { code: "throw-at-top-level", message };
  }
  const rest = output.trim();
  return {
    code: "initialisation-failed",
    message: `The engine could not initialise: ${rest === "" ? fault.reason : rest}`,
  };
}

function explainHostCall(hostCall: string): string {
  const [name = "", functionName = ""] = hostCall.split("#");
  if (name.startsWith("wasi:random/")) {
    const what = functionName.includes("(")
      ? functionName
      : "Randomness (Math.random, crypto.randomUUID, crypto.getRandomValues)";
    return `${what} cannot be used at the top level. ${advice}`;
  }
  if (/key-value|keyvalue|sqlite|redis|mysql|postgres|mqtt/.test(name) && /open/i.test(functionName)) {
    return `A store or connection (${name}) cannot be opened at the top level. ${advice}`;
  }
  return `The host function ${hostCall} cannot be called at the top level. ${advice}`;
}

/**
 * jco's glue treats every call of a host function as a task of the component model's async ABI: a task object, a subtask,
 * several promises and a few dozen closures for each, and descriptors of its types that are made anew with each instance.
 * Guests of WASI 0.2 use none of it: their imports are lowered synchronously, and only one export is ever entered. This
 * takes the machinery out of the calls, which are most of what an instance and a request cost, and notes each call instead.
 *
 * The text is rewritten only where it has exactly the shape that is known. Glue of which any import is different (async
 * lowering, components within components) is left whole: it works, slower, and its host calls are not noted.
 */

// What slim glue exports beside `instantiate`: the host functions by the numbers that it notes calls with.
const hostCallNamesExport = "hostCallNames";

/** Slim glue, or `undefined` when the glue is not of the kind that this is for. */
export function slimGlue(source: string): string | undefined {
  const names: string[] = [];
  let known = true;
  const trampolines = source.replace(trampoline, (_whole, name: string, isAsync: string | undefined, ...rest) => {
    const [parameters = "", body = "", , label = ""] = rest as string[];
    const slim = slimTrampoline(body, isAsync !== undefined, names);
    if (slim === undefined) known = false;
    return `\n  const ${name} = ${isAsync ?? ""}function(${parameters}) {${slim ?? body}\n  ${name}.fnName = '${label}';`;
  });
  if (!known || names.length === 0) return undefined;
  let lowered = 0;
  const slim = trampolines.replace(lowering, (whole, name: string, call: string) => {
    if (!isSynchronous(whole)) known = false;
    lowered += 1;
    return `\n  let ${name} = ${call}.manuallyAsync ? new WebAssembly.Suspending(${call}) : ${call};`;
  });
  if (!known || lowered !== names.length || slim.includes("trampolineIdx:") || !entry.test(slim)) return undefined;
  return (
    slim
      .replace(entry, `$1, hostCalls) {${hostCall}\n`)
      // Read for callbacks of the async ABI alone, and made for each of some 300 imports of each instance.
      .replace(suspendMark, "$1")
      .concat(`\nexport const ${hostCallNamesExport} = ${JSON.stringify(names)};\n`)
  );
}

/** `const _trampoline7 = async function(arg0) { … }`, up to the name that jco gives it behind. */
const trampoline =
  /\n {2}const (_trampoline\d+) = (async )?function\(([^)]*)\) \{([\s\S]*?)\n {2}(\1)\.fnName = '([^'\n]*)';/g;

/** `let trampoline7 = …`: how the function gets to the core module, with descriptors of its types, twice. */
const lowering =
  /\n {2}let (trampoline\d+) = (_trampoline\d+)\.manuallyAsync \? new WebAssembly\.Suspending\([\s\S]*?\n {2}\)\)\) : _lowerImportBackwardsCompat\.bind\([\s\S]*?\n {2}\);/g;

function isSynchronous(descriptor: string): boolean {
  const facts = descriptor.match(/\n {4}(?:isAsync|funcTypeIsAsync|componentIdx): \w+/g) ?? [];
  return facts.length === 6 && facts.every((fact) => /: (?:false|0)$/.test(fact));
}

const debugLog = /\n *_debugLog\('[^'\n]*'(?:, \{[^{}]*\})?\);/g;
const callInterface = /\[iface="([^"]+)", function="([^"]+)"\] \[Instruction::CallInterface\]/;
const taskCreation =
  /\n *const hostProvided = true;[\s\S]*?\n *const started = (?:await task\.enter\(\{ isHost: hostProvided \}\);\n *if \(!started\) \{[\s\S]*?\n {4}\}|task\.enterSync\(\);)/;
const trackedCall =
  /(await )? ?_withGlobalCurrentTaskMeta(Async)?\(\{\s*componentIdx: task\.componentIdx\(\),\s*taskID: task\.id\(\),\s*fn: \(\) => _trackHostOperation\(\(\) => ([\s\S]*?)\),\s*\}\)/;
const taskFailure =
  /\n *task\.setErrored\(err\);\n *task\.reject\(err\);\n *task\.exit\(\);\n *(?:throw err|return task\.completionPromise\(\));/;
const taskEnd = /\n *task\.resolve\(\[([\s\S]*?)\]\);\n *task\.exit\(\);/g;

/** The body without its task; the function's name is added to `names`. `undefined` when something is left of the task. */
function slimTrampoline(body: string, isAsync: boolean, names: string[]): string | undefined {
  const called = callInterface.exec(body);
  if (!called) return undefined;
  const note = isAsync ? "_hostCallAsync" : "_hostCall";
  const slim = body
    .replace(taskCreation, "")
    .replace(trackedCall, (_whole, wait: string | undefined, _async, call: string) => {
      return `${wait ?? ""} ${note}(${names.length}, () => ${call})`;
    })
    .replace(debugLog, "")
    .replace(taskFailure, "\n      throw err;")
    .replaceAll(taskEnd, "\n    return $1;");
  if (/\b(?:task|subtask|parentTask|_trackHostOperation)\b/.test(slim) || !slim.includes(note)) return undefined;
  names.push(`${called[1]}#${called[2]}`);
  return `\n    _checkMayLeave(0);${slim}`;
}

const entry = /(\nexport function instantiate\(getCoreModule, imports, instantiateCore = [^\n]*)\) \{\n/;
const suspendMark = /Object\.assign\(([^(){}]+(?:\([^()]*\))?), \{ _jcoMaySuspend: false \}\)/g;

/** How a call is noted: see `HostCalls` in `host/host-calls.ts`. */
const hostCall = `
const _hostCall = (call, fn) => {
  const at = hostCalls.enter();
  try {
    const result = fn();
    hostCalls.leave(call, at);
    return result;
  } catch (error) {
    hostCalls.fail(call, at, error);
    throw error;
  }
};
const _hostCallAsync = async (call, fn) => {
  const at = hostCalls.enter();
  try {
    const result = await fn();
    hostCalls.leave(call, at);
    return result;
  } catch (error) {
    hostCalls.fail(call, at, error);
    throw error;
  }
};`;

/**
 * The glue that jco makes for guests of WASI 0.3 runs their tasks by looking, on timers of 10 ms and of 0, whether one of
 * them can go on. A request that does nothing then takes 15 to 25 ms. Here the glue gets timers of ours (`GlueTimers` in
 * `instance/`), which look when something has happened, and tells when the guest's task is over: jco's own promise settles
 * with the response, long before its body is written.
 *
 * As with slim glue only text of a known shape is rewritten. Glue that has not all of it is not run: without the end of
 * the task the engine would not know when an instance is over.
 */

const entry = /(\nexport function instantiate\(getCoreModule, imports, instantiateCore = [^\n]*)\) \{\n/;
const driver = /\n *function _driverLoop\(args\) \{\n[\s\S]*?\n {2}\}\n/;
const taskExit = "case 0: // EXIT\n";
const deadlockCheck = "STORE_ASYNC_STATE.deadlockCheck = setTimeout(";
const taskFailure = "const handleError = (err) => {\n";

/** The glue with timers of ours, or `undefined` when it does not have the shape that is known. */
export function asyncGlue(source: string): string | undefined {
  const [loop] = driver.exec(source) ?? [];
  if (loop === undefined || !entry.test(source)) return undefined;
  if (!source.includes(deadlockCheck)) return undefined;
  if (!loop.includes(taskExit) || !loop.includes(taskFailure)) return undefined;
  const told = loop
    .replace(taskExit, `${taskExit}timers.taskEnded();\n`)
    .replace(taskFailure, `${taskFailure}timers.taskEnded(err);\n`);
  return source
    .replace(loop, () => told)
    .replace(deadlockCheck, deadlockCheck.replace("setTimeout", "timers.check"))
    .replace(entry, `$1, _hostCalls, timers) {\nconst { setTimeout, setInterval, clearInterval } = timers;\n`);
}

/** Spin's messages about the export by which its HTTP trigger calls a component (`crates/http/src/trigger.rs`). */

/** The exports that it looks for, as Spin names them. */
export const expectedHandlers = [
  "wasi:http/incoming-handler@0.2.0-rc-2023-10-18",
  "wasi:http/incoming-handler@0.2.0-rc-2023-11-10",
  "wasi:http/incoming-handler@0.2.*",
  "wasi:http/handler@0.3.*",
  "fermyon:spin/inbound-http",
] as const;

/** For a component or module with none of them; `found` is what it exports. */
export function noHandler(found: readonly string[]): string {
  return (
    `Expected component to export one of ${listing(expectedHandlers)} but it exported none of those. This may mean the ` +
    "component handles a different trigger, or that its `wasi:http` export is newer than those supported by Spin. It " +
    `exported ${listing(found)}.`
  );
}

/** Names that a message shows; a file may have any number of them, as long as itself. */
const mostNames = 20;
const longestName = 100;

export function listing(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const shown = names.slice(0, mostNames).map((name) => {
    return `\`${name.length > longestName ? `${name.slice(0, longestName)}…` : name}\``;
  });
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

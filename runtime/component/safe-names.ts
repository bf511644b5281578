import { PlaygroundError } from "../errors.ts";
import { visitNames } from "./component-names.ts";
import type { NameKind } from "./component-names.ts";

/**
 * `label` of the component model (`Explainer.md`, Import and Export Definitions): words of one case, joined by dashes. No
 * text matches two of the alternatives, or a hostile name could make the match take for ever.
 */
const label = "(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[0-9]+|[0-9]*[a-z][a-z0-9]*|[0-9]*[A-Z][A-Z0-9]*))*";
const words = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";
/** A version by semver, or the start of one (`0.2`). */
const version = "[0-9]+(?:\\.[0-9]+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?";
const plainName = `(?:\\[(?:constructor|async)\\])?${label}|\\[(?:async )?(?:method|static)\\]${label}\\.${label}`;
/** `namespace:package/interface@version`. */
const interfaceName = `(?:${words}:)+${words}(?:/${label})+(?:@${version})?`;

/**
 * Core names have no grammar. These are the characters of what toolchains write (`[method]fields.get`, `$root`,
 * `cabi_post_wasi:http/handler@0.3.0#handle`, `GOT.mem`, `libc++.so`, mangled names): none of them ends a string, a line or
 * a comment, or begins a part of a template.
 */
const coreCharacters = /^[A-Za-z0-9_.:/@#[\]<>$+=,|!~%&()?^ -]*$/;

const grammars: Record<NameKind, { pattern: RegExp; what: string }> = {
  external: {
    pattern: new RegExp(`^(?:${plainName}|${interfaceName})$`),
    what: "not a name or an interface of the component model",
  },
  label: { pattern: new RegExp(`^${label}$`), what: "not a label of the component model (words joined by dashes)" },
  core: { pattern: coreCharacters, what: "a name in a core module with characters that no toolchain writes" },
};

/** Longer names are in no program; patterns are not run over them. */
const longest = 20_000;

/**
 * Refuses a component with a name that must not get into generated code. jco 1.35 writes names of core exports and imports
 * into the text of the glue as they are, so that `'];f();['` would be a statement of whoever made the component, run in
 * the engine and outside the sandbox of Wasm. What passes is safe as a string, a key, a comment, and as part of an
 * identifier.
 *
 * Fails with `component-invalid`, naming the name, and for what cannot be read. The time is in proportion to the file.
 */
export function checkNames(component: Uint8Array): void {
  visitNames(component, (kind, name) => {
    const { pattern, what } = grammars[kind];
    if (name.length > longest) throw refused(name, `longer than ${longest} characters`);
    // As a key of an object literal it sets the prototype instead.
    if (name === "__proto__") throw refused(name, "the name of the prototype in JavaScript");
    if (!pattern.test(name) || name.includes("//")) throw refused(name, what);
  });
}

function refused(name: string, why: string): PlaygroundError {
  return new PlaygroundError(
    "component-invalid",
    `The component has the name ${shown(name)}, which is ${why}. The playground makes JavaScript out of such names and does not take it.`,
  );
}

/** In quotes, at most 60 characters, everything but printable ASCII escaped. */
function shown(name: string): string {
  const cut = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  const escaped = JSON.stringify(cut).replaceAll(/[^\x20-\x7e…]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return escaped;
}

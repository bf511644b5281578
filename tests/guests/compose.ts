/** Where the texts of `(string "…")` lie in the memory of a guest. */
const stringsStart = 1024;

/**
 * The text of a whole core module out of a guest's own forms and what it uses of the preamble.
 *
 * Of the preamble it takes the forms that the guest names (`$write`), and what those name in turn; a name that the guest
 * defines itself is not taken. `(string "text")` in either stands for two operands, the text's address and its length.
 *
 * @param guest top-level forms of a module, without `(module …)` around them
 * @param roots names that every guest gets
 */
export function composeModule(guest: string, preamble: string, roots: readonly string[]): string {
  const own = topLevelForms(guest);
  const shared = topLevelForms(preamble);
  const taken = new Set<string>();
  const names = new Set(own.flatMap(definition));
  const wanted = [...roots, ...own.flatMap(references)];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (names.has(name)) continue;
    const form = shared.find((candidate) => definition(candidate).includes(name));
    if (form === undefined) continue;
    names.add(name);
    taken.add(form);
    wanted.push(...references(form));
  }
  const forms = [...shared.filter((form) => taken.has(form) || isExport(form)), ...own];
  const imports = forms.filter(isImport);
  // The text format wants imports before everything else.
  const module = [...imports, ...forms.filter((form) => !isImport(form))].join("\n");
  return `(module\n${placeStrings(module)}\n)`;
}

const isImport = (form: string): boolean => form.startsWith("(import");
const isExport = (form: string): boolean => form.startsWith("(export");

/** The name that a form defines, if any. */
function definition(form: string): string[] {
  const name = /^\((?:import\s+"[^"]*"\s+"[^"]*"\s+\(\w+|func|global|memory|table|type)\s+(\$\w+)/.exec(form)?.[1];
  return name === undefined ? [] : [name];
}

function references(form: string): string[] {
  return form.match(/\$\w+/g) ?? [];
}

/** The parenthesised forms of a text, without the line comments around and in them. */
function topLevelForms(text: string): string[] {
  const forms: string[] = [];
  let depth = 0;
  let form = "";
  for (const [token] of text.matchAll(/;;.*|"(?:[^"\\]|\\.)*"|[()]|[^()";]+/g)) {
    if (token.startsWith(";;")) continue;
    if (token === "(") depth += 1;
    if (depth > 0) form += token;
    if (token !== ")") continue;
    depth -= 1;
    if (depth > 0) continue;
    forms.push(form);
    form = "";
  }
  return forms;
}

function placeStrings(module: string): string {
  const addresses = new Map<string, number>();
  let next = stringsStart;
  const placed = module.replace(/\(string ("(?:[^"\\]|\\.)*")\)/g, (_, literal: string) => {
    const length = byteLength(literal);
    const address = addresses.get(literal) ?? next;
    if (address === next) next += length;
    addresses.set(literal, address);
    return `(i32.const ${address}) (i32.const ${length})`;
  });
  const data = [...addresses].map(([literal, address]) => `(data (i32.const ${address}) ${literal})`);
  return [placed, ...data].join("\n");
}

/** Bytes of a string of the text format; an escape (`\n`, `\"`, `\00`) is one. */
function byteLength(literal: string): number {
  return new TextEncoder().encode(literal.slice(1, -1).replace(/\\(?:[0-9a-f]{2}|.)/gi, "_")).length;
}

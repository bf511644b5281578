/**
 * Looks up an entry of a package.json's `exports` or `imports` (Node.js documentation, "Packages"; algorithm
 * PACKAGE_IMPORTS_EXPORTS_RESOLVE).
 *
 * @param field The field's value.
 * @param key `.` or `./sub/path` for exports, `#name` for imports.
 * @returns The target as written (`./dist/index.js`, for imports possibly a package), or `undefined` when there is none.
 */
export function lookUpExport(field: unknown, key: string, conditions: ReadonlySet<string>): string | undefined {
  const table = asTable(field);
  if (!table) return key === "." ? selectTarget(field, conditions) : undefined;
  if (Object.hasOwn(table, key) && !key.includes("*")) return selectTarget(table[key], conditions);
  for (const pattern of Object.keys(table).sort(comparePatterns)) {
    const star = pattern.indexOf("*");
    if (star < 0) continue;
    const prefix = pattern.slice(0, star);
    const suffix = pattern.slice(star + 1);
    if (!key.startsWith(prefix) || !key.endsWith(suffix) || key.length < prefix.length + suffix.length) continue;
    const match = key.slice(prefix.length, key.length - suffix.length);
    return selectTarget(table[pattern], conditions)?.replaceAll("*", match);
  }
  return undefined;
}

/** A table has keys that are subpaths; an object of conditions alone is the value of `.`. */
function asTable(field: unknown): Record<string, unknown> | undefined {
  if (typeof field !== "object" || field === null || Array.isArray(field)) return undefined;
  const table = field as Record<string, unknown>;
  return Object.keys(table).every((key) => key.startsWith(".") || key.startsWith("#")) ? table : undefined;
}

/** The longest text before the star is the most specific, and goes first. */
function comparePatterns(a: string, b: string): number {
  return b.indexOf("*") - a.indexOf("*") || b.length - a.length;
}

function selectTarget(target: unknown, conditions: ReadonlySet<string>): string | undefined {
  if (typeof target === "string") return target;
  if (Array.isArray(target)) {
    for (const entry of target) {
      const selected = selectTarget(entry, conditions);
      if (selected !== undefined) return selected;
    }
  } else if (typeof target === "object" && target !== null) {
    for (const [condition, entry] of Object.entries(target)) {
      if (condition !== "default" && !conditions.has(condition)) continue;
      const selected = selectTarget(entry, conditions);
      if (selected !== undefined) return selected;
    }
  }
  return undefined;
}

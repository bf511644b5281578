/** Random changes of a manifest, for tests: of its text, of its bytes, and of its structure. */
import { parse, stringify } from "smol-toml";
import { isTable, type TomlTable } from "./shape.ts";

export type Random = (below: number) => number;

/** The same sequence for the same seed, so that a failure can be repeated (a 32-bit xorshift generator). */
export function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

// Split into UTF-16 code units: halves of a pair are among them.
const characters = `[]{}"'=.,#\n\r\t \\/:*-_0129azAZ\u0000é😀`.split("");
const values = [
  "1",
  "-0",
  "1e400",
  "true",
  '"x"',
  "[]",
  "{}",
  "1979-05-27",
  "nan",
  '""',
  "[1, {}]",
  '"{{"',
  "99999999999999999999",
];

/** Characters and lines are taken out, put in and swapped, and values replaced. */
export function mutateText(text: string, random: Random): string {
  const at = random(text.length + 1);
  const lines = text.split("\n");
  const line = random(lines.length);
  switch (random(11)) {
    case 0:
      return text.slice(0, at) + pick(characters, random) + text.slice(at + random(2));
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random(20));
    case 2:
      return text.slice(0, at);
    case 3:
      return [...lines.slice(0, line), ...lines.slice(line + 1)].join("\n");
    case 4:
      return [...lines, lines[line] ?? ""].join("\n");
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
      return lines.with(line, (lines[line] ?? "").replace(/=.*/s, `= ${pick(values, random)}`)).join("\n");
    default: {
      const other = random(lines.length);
      return lines
        .with(line, lines[other] ?? "")
        .with(other, lines[line] ?? "")
        .join("\n");
    }
  }
}

/** Bits are turned over, and bytes replaced, doubled and taken out; what is no UTF-8 then is read as a workspace reads it. */
export function mutateBytes(text: string, random: Random): string {
  const bytes = [...new TextEncoder().encode(text)];
  const at = random(bytes.length + 1);
  const changes: (() => unknown)[] = [
    () => bytes.splice(at, 1, (bytes[at] ?? 0) ^ (1 << random(8))),
    () => bytes.splice(at, 1, random(256)),
    () => bytes.splice(at, 0, random(256)),
    () => bytes.splice(at, 1 + random(4)),
    () => bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random(40))),
  ];
  pick(changes, random)();
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

const strangers: (() => unknown)[] = [
  () => 7n,
  () => -1n,
  () => Number.NaN,
  () => "",
  () => "{{ host }}",
  () => "../..",
  () => "*://*:*",
  () => true,
  () => [],
  () => [[[]]],
  () => ({}),
  () => ({ source: "x", path: "y", url: "z", type: "wagi" }),
];
const names = ["source", "component", "route", "id", "files", "x", "", "__proto__", "constructor", "a.b", "A_b"];

/** Values are replaced, renamed, doubled, moved, wrapped and taken out, at any depth. Text that is no TOML is given back. */
export function mutateStructure(text: string, random: Random): string {
  let root: TomlTable;
  try {
    root = parse(text, { integersAsBigInt: true });
  } catch {
    // A mutation before this one broke it.
    return text;
  }
  const places: [TomlTable | unknown[], string | number][] = [];
  collect(root, places);
  const [holder, key] = pick(places, random) ?? [root, "x"];
  const [other, otherKey] = pick(places, random) ?? [root, "x"];
  const value = get(holder, key);
  const changes: (() => void)[] = [
    () => set(holder, key, pick(strangers, random)()),
    () => set(holder, key, [value]),
    () => set(holder, key, { [pick(names, random)]: value }),
    () => set(holder, pick(names, random), value),
    () => set(other, otherKey, structuredClone(value)),
    () => void (Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key)),
    () => void (Array.isArray(holder) && holder.push(structuredClone(value))),
  ];
  pick(changes, random)();
  return stringify(root);
}

function collect(value: unknown, places: [TomlTable | unknown[], string | number][]): void {
  if (!Array.isArray(value) && !isTable(value)) return;
  for (const [key, item] of Object.entries(value)) {
    places.push([value as TomlTable, key]);
    collect(item, places);
  }
}

function get(holder: TomlTable | unknown[], key: string | number): unknown {
  return Array.isArray(holder) ? holder[Number(key)] : holder[key];
}

function set(holder: TomlTable | unknown[], key: string | number, value: unknown): void {
  if (Array.isArray(holder)) holder.splice(Number(key) || 0, 1, value);
  // By definition and not by assignment, so that `__proto__` is a key like any other.
  else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[random(list.length)] as T;
}

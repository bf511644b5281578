/** Types of Postgres by their numbers, which never change for those that it brings along (`pg_type.dat`). */
export const typeNumbers = {
  bool: 16,
  bytea: 17,
  char: 18,
  name: 19,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  json: 114,
  float4: 700,
  float8: 701,
  unknown: 705,
  _name: 1003,
  _int4: 1007,
  _text: 1009,
  _bpchar: 1014,
  _varchar: 1015,
  _int8: 1016,
  bpchar: 1042,
  varchar: 1043,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  _numeric: 1231,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
  int4range: 3904,
  numrange: 3906,
  int8range: 3926,
} as const;

export type TypeName = keyof typeof typeNumbers;

const names = new Map<number, string>(Object.entries(typeNumbers).map(([name, number]) => [number, name]));

/** The name of a type that Spin converts; of others only the database knows it. */
export function typeName(type: number): TypeName | undefined {
  return names.get(type) as TypeName | undefined;
}

/** As Rust's driver shows a type in its errors: `Int4`, `TextArray`. */
export function shownType(name: string): string {
  const [, isArray, element = ""] = /^(_?)(.*)$/.exec(name) ?? [];
  const shown = element.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${shown.replace(/range$/, "Range")}${isArray ? "Array" : ""}`;
}

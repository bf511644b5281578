import { Reader } from "./bytes.ts";
import { calendarOf, clockOf, dateTimeOf } from "./calendar.ts";
import { decodeNumeric } from "./numeric.ts";
import { decodeArray, decodeRange } from "./structures.ts";
import { type TypeName, typeName } from "./types.ts";
import type { DbDataType, DbValue } from "./values.ts";

interface Conversion {
  dataType: Exclude<DbDataType, { tag: "other" }>["tag"];
  value(bytes: Uint8Array): DbValue;
}

const text = (bytes: Uint8Array): string => new Reader(bytes).restText();
const int32 = (bytes: Uint8Array): number => new Reader(bytes).int32();
const int64 = (bytes: Uint8Array): bigint => new Reader(bytes).int64();

const string: Conversion = { dataType: "str", value: (bytes) => ({ tag: "str", val: text(bytes) }) };
const strings: Conversion = {
  dataType: "array-str",
  value: (bytes) => ({ tag: "array-str", val: decodeArray(bytes, text) }),
};

/** What Spin makes of a value of Postgres in the binary format (`crates/factor-outbound-pg/src/types.rs`). */
const conversions: Partial<Record<TypeName, Conversion>> = {
  bool: { dataType: "boolean", value: (bytes) => ({ tag: "boolean", val: bytes[0] !== 0 }) },
  // Copies: the bytes of a reply go when the next comes.
  bytea: { dataType: "binary", value: (bytes) => ({ tag: "binary", val: bytes.slice() }) },
  float4: { dataType: "floating32", value: (bytes) => ({ tag: "floating32", val: new Reader(bytes).float32() }) },
  float8: { dataType: "floating64", value: (bytes) => ({ tag: "floating64", val: new Reader(bytes).float64() }) },
  int2: { dataType: "int16", value: (bytes) => ({ tag: "int16", val: new Reader(bytes).int16() }) },
  int4: { dataType: "int32", value: (bytes) => ({ tag: "int32", val: int32(bytes) }) },
  int8: { dataType: "int64", value: (bytes) => ({ tag: "int64", val: int64(bytes) }) },
  text: string,
  varchar: string,
  bpchar: string,
  timestamp: { dataType: "datetime", value: (bytes) => ({ tag: "datetime", val: dateTimeOf(int64(bytes)) }) },
  // Spin calls it one, and then reads it as a `timestamp`, which its driver refuses.
  timestamptz: {
    dataType: "datetime",
    value() {
      throw new Error('WrongType { postgres: Timestamptz, rust: "chrono::naive::datetime::NaiveDateTime" }');
    },
  },
  date: { dataType: "date", value: (bytes) => ({ tag: "date", val: calendarOf(int32(bytes)) }) },
  time: { dataType: "time", value: (bytes) => ({ tag: "time", val: clockOf(int64(bytes)) }) },
  uuid: { dataType: "uuid", value: (bytes) => ({ tag: "uuid", val: uuidText(bytes) }) },
  jsonb: { dataType: "jsonb", value: (bytes) => ({ tag: "jsonb", val: compactJson(bytes.subarray(1)) }) },
  numeric: { dataType: "decimal", value: (bytes) => ({ tag: "decimal", val: decodeNumeric(bytes) }) },
  int4range: {
    dataType: "range-int32",
    value: (bytes) => ({ tag: "range-int32", val: decodeRange(bytes, int32) }),
  },
  int8range: {
    dataType: "range-int64",
    value: (bytes) => ({ tag: "range-int64", val: decodeRange(bytes, int64) }),
  },
  numrange: {
    dataType: "range-decimal",
    value: (bytes) => ({ tag: "range-decimal", val: decodeRange(bytes, decodeNumeric) }),
  },
  _int4: { dataType: "array-int32", value: (bytes) => ({ tag: "array-int32", val: decodeArray(bytes, int32) }) },
  _int8: { dataType: "array-int64", value: (bytes) => ({ tag: "array-int64", val: decodeArray(bytes, int64) }) },
  _numeric: {
    dataType: "array-decimal",
    value: (bytes) => ({ tag: "array-decimal", val: decodeArray(bytes, decodeNumeric) }),
  },
  _text: strings,
  _varchar: strings,
  _bpchar: strings,
  interval: {
    dataType: "interval",
    value(bytes) {
      const reader = new Reader(bytes);
      return { tag: "interval", val: { micros: reader.int64(), days: reader.int32(), months: reader.int32() } };
    },
  },
};

function conversionOf(type: number): Conversion | undefined {
  const name = typeName(type);
  return name === undefined ? undefined : conversions[name];
}

/** @param name what the database calls the type */
export function toDataType(type: number, name: string): DbDataType {
  const conversion = conversionOf(type);
  return conversion === undefined ? { tag: "other", val: name } : { tag: conversion.dataType };
}

/** @throws `Error` for a value that Spin cannot read, with the text that its driver has for the cause */
export function toDbValue(type: number, bytes: Uint8Array | undefined): DbValue {
  if (bytes === undefined) return { tag: "db-null" };
  return conversionOf(type)?.value(bytes) ?? { tag: "unsupported", val: bytes.slice() };
}

function uuidText(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Postgres puts spaces between the parts, which Spin's JSON has not. */
function compactJson(bytes: Uint8Array): Uint8Array {
  const compact = text(bytes).replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
  return new TextEncoder().encode(compact);
}

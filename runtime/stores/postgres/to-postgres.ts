import { Writer } from "./bytes.ts";
import { daysOf, microsOf, microsOfTimestamp, dayMicros } from "./calendar.ts";
import { compareDecimals, encodeNumeric, parseDecimal } from "./numeric.ts";
import { encodeArray, encodeRange } from "./structures.ts";
import { type TypeName, typeNumbers } from "./types.ts";
import type { Calendar, ClockTime, ParameterValue, Range } from "./values.ts";

/** A parameter that can be given to Postgres: no more is open than whether its column takes it. */
export interface Parameter {
  /** Types of Postgres that take it. A null has none: every type does. */
  accepts: readonly TypeName[] | undefined;
  /** Spin's own type for it, which its message about a wrong one has. */
  rust: string;
  /** @param type the number of the type that Postgres expects; one of `accepts`, if it is set */
  encode: (type: number) => Uint8Array | undefined;
}

const texts: readonly TypeName[] = ["varchar", "text", "bpchar", "name", "unknown"];

/**
 * Checks a value and makes a parameter of it. What takes which value is Spin's (`crates/factor-outbound-pg`) and that of its
 * driver (`postgres-types`): a number fits a column of exactly its width, and a text fits no enumeration.
 *
 * @throws `Error` for a day, a time, a UUID, JSON or a decimal that there is not
 */
export function toParameter(value: ParameterValue): Parameter {
  switch (value.tag) {
    case "boolean":
      return simple("bool", ["bool"], new Writer().int8(value.val ? 1 : 0));
    case "int8":
      return simple("i8", ["char"], new Writer().int8(value.val));
    case "int16":
      return simple("i16", ["int2"], new Writer().int16(value.val));
    case "int32":
      return simple("i32", ["int4"], new Writer().int32(value.val));
    case "int64":
      return simple("i64", ["int8"], new Writer().int64(value.val));
    case "floating32":
      return simple("f32", ["float4"], new Writer().float32(value.val));
    case "floating64":
      return simple("f64", ["float8"], new Writer().float64(value.val));
    case "str":
      return simple("alloc::string::String", texts, new Writer().text(value.val));
    case "binary":
      return simple("alloc::vec::Vec<u8>", ["bytea"], new Writer().bytes(value.val));
    case "date":
      return simple("chrono::naive::date::NaiveDate", ["date"], new Writer().int32(days(value.val)));
    case "time":
      return simple("chrono::naive::time::NaiveTime", ["time"], new Writer().int64(micros(value.val)));
    case "datetime":
      return simple("chrono::naive::datetime::NaiveDateTime", ["timestamp"], new Writer().int64(moment(value.val)));
    case "timestamp":
      return simple("chrono::datetime::DateTime<chrono::offset::utc::Utc>", ["timestamptz"], instant(value.val));
    case "uuid":
      return simple("uuid::Uuid", ["uuid"], new Writer().bytes(uuid(value.val)));
    case "jsonb":
      return json(value.val);
    case "decimal":
      return simple("rust_decimal::decimal::Decimal", ["numeric"], new Writer().bytes(numeric(value.val)));
    case "range-int32":
      return range("i32", "int4range", value.val, int32, (a, b) => a - b);
    case "range-int64":
      return range("i64", "int8range", value.val, int64, (a, b) => Number(a > b) - Number(a < b));
    case "range-decimal":
      return range("RangeableDecimal", "numrange", value.val, numeric, (a, b) =>
        compareDecimals(decimal(a), decimal(b)),
      );
    case "array-int32":
      return array("i32", { _int4: "int4" }, value.val, int32);
    case "array-int64":
      return array("i64", { _int8: "int8" }, value.val, int64);
    case "array-decimal":
      return array("rust_decimal::decimal::Decimal", { _numeric: "numeric" }, value.val, numeric);
    case "array-str":
      return array("alloc::string::String", textArrays, value.val, (text) => new Writer().text(text).done);
    case "interval": {
      const { micros, days, months } = value.val;
      return simple("Interval", ["interval"], new Writer().int64(micros).int32(days).int32(months));
    }
    case "db-null":
      break;
  }
  return { accepts: undefined, rust: "PgNull", encode: () => undefined };
}

function simple(rust: string, accepts: readonly TypeName[], writer: Writer): Parameter {
  return { rust, accepts, encode: () => writer.done };
}

/** `jsonb` has the number of its format before the text. */
function json(bytes: Uint8Array): Parameter {
  const text = new TextDecoder().decode(bytes);
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new Error(`invalid JSON ${text}`, { cause });
  }
  return {
    rust: "serde_json::value::Value",
    accepts: ["json", "jsonb"],
    encode: (type) => (type === typeNumbers.jsonb ? new Writer().int8(1).bytes(bytes).done : bytes),
  };
}

function range<T>(
  element: string,
  type: TypeName,
  value: Range<T>,
  encode: (value: T) => Uint8Array,
  compare: (a: T, b: T) => number,
): Parameter {
  return simple(`postgres_range::Range<${element}>`, [type], new Writer().bytes(encodeRange(value, encode, compare)));
}

const textArrays = { _varchar: "varchar", _text: "text", _bpchar: "bpchar", _name: "name" } as const;

/** @param elements by the name of an array's type, that of its elements */
function array<T>(
  element: string,
  elements: Partial<Record<TypeName, TypeName>>,
  values: ArrayLike<T | undefined>,
  encode: (value: T) => Uint8Array,
): Parameter {
  const accepts = Object.keys(elements) as TypeName[];
  // Once for each: a value that is none must be found before there is a statement.
  const encoded = Array.from(values, (value) => (value === undefined ? undefined : encode(value)));
  return {
    rust: `alloc::vec::Vec<core::option::Option<${element}>>`,
    accepts,
    encode(type) {
      const elementType = Object.entries(elements).find(([name]) => typeNumbers[name as TypeName] === type)?.[1];
      return encodeArray(encoded, typeNumbers[elementType ?? "unknown"], (bytes) => bytes);
    },
  };
}

const int32 = (value: number): Uint8Array => new Writer().int32(value).done;
const int64 = (value: bigint): Uint8Array => new Writer().int64(value).done;
const numeric = (text: string): Uint8Array => encodeNumeric(decimal(text));
const instant = (seconds: bigint): Writer => new Writer().int64(microsOfTimestamp(seconds));

function decimal(text: string): NonNullable<ReturnType<typeof parseDecimal>> {
  return required(parseDecimal(text), `invalid decimal ${text}`);
}

function days(date: Calendar): number {
  const [year, month, day] = date;
  return required(daysOf(date), `invalid date y=${year}, m=${month}, d=${day}`);
}

function micros(time: ClockTime): bigint {
  return required(microsOf(time), `invalid time ${time.join(":")}`);
}

function moment([year, month, day, ...time]: [...Calendar, ...ClockTime]): bigint {
  return BigInt(days([year, month, day])) * dayMicros + micros(time);
}

function uuid(text: string): Uint8Array {
  const [digits] = /^[\da-f]{32}$/i.exec(text.replace(/^urn:uuid:|^\{|\}$/g, "").replaceAll("-", "")) ?? [];
  return Uint8Array.from(required(digits?.match(/../g), `invalid UUID ${text}`), (pair) => Number.parseInt(pair, 16));
}

function required<T>(value: T | undefined | null, otherwise: string): T {
  if (value === undefined || value === null) throw new Error(otherwise);
  return value;
}

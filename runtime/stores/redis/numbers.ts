/** Numbers as Redis reads and writes them in arguments and values. */
import type { ByteString } from "./byte-string.ts";
import { notAFloat, notAnInteger, redisError, type RedisError } from "./reply.ts";

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

/** A signed integer of 64 bits, in the one form that Redis takes: no plus sign, no leading zeros, no spaces. */
export function parseInteger(text: ByteString, failure: () => RedisError = notAnInteger): bigint {
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) throw failure();
  const value = BigInt(text);
  if (value > largest || value < smallest) throw failure();
  return value;
}

/** The same as a number, for counts, places and times; what is beyond all lists is cut to the safe integers. */
export function parseIndex(text: ByteString, failure?: () => RedisError): number {
  const value = Number(parseInteger(text, failure));
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
}

export function addIntegers(a: bigint, b: bigint): bigint {
  const sum = a + b;
  if (sum > largest || sum < smallest) throw redisError("increment or decrement would overflow");
  return sum;
}

/** A score or another floating-point number; `inf` and `-inf` are some. */
export function parseFloat64(text: ByteString, failure: () => RedisError = notAFloat): number {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw failure();
  return Number(text);
}

/** As short as it can be read back; Redis writes an exponent from 1e17 on, JavaScript from 1e21. */
export function formatFloat64(value: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0";
  return Math.abs(value) < 1e17 ? String(value) : value.toExponential();
}

/**
 * The sum of two decimal numbers, exact to 17 places. Redis adds with 80 bits (`INCRBYFLOAT`, `HINCRBYFLOAT`), so that
 * 0.1 and 0.2 make 0.3; numbers of 64 bits would not.
 */
export function addDecimals(a: ByteString, b: ByteString, failureOfA: () => RedisError = notAFloat): ByteString {
  const [x, y] = [parseDecimal(a, failureOfA), parseDecimal(b, notAFloat)];
  const places = Math.max(x.places, y.places);
  const sum = x.digits * 10n ** BigInt(places - x.places) + y.digits * 10n ** BigInt(places - y.places);
  return formatDecimal(sum, places);
}

interface Decimal {
  digits: bigint;
  /** How many of the digits are behind the point. */
  places: number;
}

const mostPlaces = 17;
/** The exponent beyond which a number of 64 bits is none any more. */
const mostExponent = 308;

function parseDecimal(text: ByteString, failure: () => RedisError): Decimal {
  const found = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = found ?? [];
  if (!found || whole + fraction === "" || Math.abs(Number(exponent)) > mostExponent) throw failure();
  const digits = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  const places = fraction.length - Number(exponent);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

function formatDecimal(digits: bigint, places: number): ByteString {
  const kept = Math.min(places, mostPlaces);
  const unit = 10n ** BigInt(places - kept);
  const magnitude = digits < 0n ? -digits : digits;
  const text = String((magnitude + unit / 2n) / unit).padStart(kept + 1, "0");
  const point = text.length - kept;
  const fraction = text.slice(point).replace(/0+$/, "");
  const number = `${text.slice(0, point)}${fraction === "" ? "" : `.${fraction}`}`;
  return digits < 0n && number !== "0" ? `-${number}` : number;
}

/** `numeric` in the binary format: digits of base 10,000, the weight of the first, a sign, and the decimals to show. */
import { Reader, Writer } from "./bytes.ts";

/** Spin holds decimals in 96 bits, with up to 28 decimals (`rust_decimal`). */
const largest = 2n ** 96n;
const mostDecimals = 28;

const positive = 0;
const negative = 0x4000;

/** A decimal number as an integer times a negative power of ten. */
interface Decimal {
  units: bigint;
  decimals: number;
}

/** @returns `undefined` for what is no decimal number, or one of more digits than Spin takes */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = "", fraction = ""] = /^([+-]?)(\d[\d_]*)?(?:\.([\d_]*))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replaceAll("_", "");
  if (sign === undefined || digits === "") return undefined;
  const units = BigInt(digits);
  const decimals = fraction.replaceAll("_", "").length;
  if (units >= largest || decimals > mostDecimals) return undefined;
  return { units: sign === "-" ? -units : units, decimals };
}

/** Negative, zero or positive, as for `sort`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const left = a.units * 10n ** BigInt(b.decimals);
  const right = b.units * 10n ** BigInt(a.decimals);
  return Number(left > right) - Number(left < right);
}

export function encodeNumeric({ units, decimals }: Decimal): Uint8Array {
  const fractionGroups = Math.ceil(decimals / 4);
  const magnitude = (units < 0n ? -units : units) * 10n ** BigInt(fractionGroups * 4 - decimals);
  const text = magnitude.toString();
  const padded = text.padStart(Math.ceil(text.length / 4) * 4, "0");
  const groups = magnitude === 0n ? [] : (padded.match(/\d{4}/g) ?? []);
  const writer = new Writer()
    .int16(groups.length)
    .int16(groups.length - fractionGroups - 1)
    .int16(units < 0n ? negative : positive)
    .int16(decimals);
  for (const group of groups) writer.int16(Number(group));
  return writer.done;
}

/** @throws `Error` for NaN, for infinities, and for a number of more digits than Spin takes */
export function decodeNumeric(bytes: Uint8Array): string {
  const reader = new Reader(bytes);
  const count = reader.int16();
  const weight = reader.int16();
  const sign = reader.uint16();
  const decimals = reader.uint16();
  if (sign !== positive && sign !== negative) throw new Error("not a finite number");
  let digits = Array.from({ length: count }, () => String(reader.int16()).padStart(4, "0")).join("");
  // The first group stands before the point, and `weight` further ones; zeros at either end are not sent.
  if (weight < 0) digits = "0".repeat((-1 - weight) * 4) + digits;
  const wholeLength = Math.max(0, (weight + 1) * 4);
  const whole =
    digits
      .slice(0, wholeLength)
      .padEnd(wholeLength, "0")
      .replace(/^0+(?=\d)/, "") || "0";
  const fraction = digits.slice(wholeLength).padEnd(decimals, "0").slice(0, decimals);
  const text = `${sign === negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
  if (parseDecimal(text) === undefined) throw new Error("a number of too many digits");
  return text;
}

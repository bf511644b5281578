/** Days and times of Postgres, which count from the year 2000, in days and microseconds. */
import type { Calendar, ClockTime } from "./values.ts";

const epochDay = 10_957;
const dayMs = 86_400_000;
const dayMicros = 86_400_000_000n;
/** Beyond it the calendar that Spin uses (chrono) ends. */
const lastYear = 262_142;

/** Days since 2000-01-01, or `undefined` for a day that there is not. */
export function daysOf([year, month, day]: Calendar): number | undefined {
  if (Math.abs(year) > lastYear) return undefined;
  const date = new Date(0);
  // Unlike `Date.UTC`, this takes years before 100 as they are.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return Math.round(date.getTime() / dayMs) - epochDay;
}

/** Microseconds since midnight, or `undefined` for a time that there is not. The leap second is one. */
export function microsOf([hour, minute, second, nanosecond]: ClockTime): bigint | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  if (nanosecond >= (second === 59 ? 2e9 : 1e9)) return undefined;
  return BigInt((hour * 60 + minute) * 60 + second) * 1_000_000n + BigInt(Math.floor(nanosecond / 1000));
}

/** @throws `Error` for infinity, and for days after the end of Spin's calendar */
export function calendarOf(days: number): Calendar {
  const date = new Date((days + epochDay) * dayMs);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || Math.abs(year) > lastYear) throw new Error("value too large to decode");
  return [year, date.getUTCMonth() + 1, date.getUTCDate()];
}

/** Of microseconds since midnight; 24:00 is the midnight before, as in Spin. */
export function clockOf(micros: bigint): ClockTime {
  const time = Number(micros % dayMicros);
  const seconds = Math.floor(time / 1e6);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, (time % 1e6) * 1000];
}

/** Of microseconds since 2000-01-01. */
export function dateTimeOf(micros: bigint): [...Calendar, ...ClockTime] {
  const time = ((micros % dayMicros) + dayMicros) % dayMicros;
  return [...calendarOf(Number((micros - time) / dayMicros)), ...clockOf(time)];
}

/** Microseconds since 2000-01-01 of a Unix time in seconds. */
export function microsOfTimestamp(seconds: bigint): bigint {
  return (seconds - BigInt(epochDay) * 86_400n) * 1_000_000n;
}

export { dayMicros };

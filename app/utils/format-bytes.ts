const units = ["B", "kB", "MB", "GB"] as const;

/** A size in bytes for a person: decimal units, one decimal below ten, e.g. `512 B`, `1.4 kB`, `14 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit] ?? "B"}`;
}

/** A duration in milliseconds for a person, to about two digits: `0 ms`, `0.42 ms`, `3.1 ms`, `240 ms`, `1.24 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return "0 ms";
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(2)} s`;
  if (milliseconds >= 9.95) return `${milliseconds.toFixed(0)} ms`;
  if (milliseconds >= 0.995) return `${milliseconds.toFixed(1)} ms`;
  return `${milliseconds.toFixed(2)} ms`;
}

/** The time of day of a moment (milliseconds since the epoch) in the person's time zone: `14:03:21.042`. */
export function formatTimeOfDay(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  const milliseconds = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

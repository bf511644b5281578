import { PlaygroundError } from "../../runtime/errors.ts";
import type { Limits } from "../../runtime/protocol.ts";

/**
 * The least and the largest that a limit can be. Sizes end where a 32-bit memory does, times where a
 * timer does, and instances where a renderer has no more Wasm memories to give (about 124).
 */
const bounds: Record<keyof Limits, readonly [least: number, largest: number]> = {
  requestDeadlineMs: [1, 2 ** 31 - 1],
  memoryBytes: [2 ** 16, 2 ** 32],
  liveInstances: [1, 64],
  nestedRequests: [0, 30],
  queuedRequests: [0, 2 ** 31 - 1],
  requestBodyBytes: [0, 2 ** 53 - 1],
  responseBodyBytes: [0, 2 ** 53 - 1],
  logBytes: [0, 2 ** 53 - 1],
  hostCallSpans: [0, 2 ** 16],
  mountedBytes: [0, 2 ** 53 - 1],
  componentBytes: [0, 2 ** 53 - 1],
  databaseBytes: [2 ** 16, 2 ** 30],
  databaseStatementMs: [1, 2 ** 31 - 1],
};

/**
 * Limits that a script set, in a form that the engine can hold to.
 *
 * @throws PlaygroundError `settings-invalid` for a name that is no limit, and for what is no whole number within its bounds
 */
export function checkLimits(limits: Readonly<Record<string, unknown>>): Partial<Limits> {
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(bounds, name))
      throw invalid(`There is no setting ${name}; there are autoRun, profile and ${Object.keys(bounds).join(", ")}.`);
    const [least, largest] = bounds[name as keyof Limits];
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > largest)
      throw invalid(`${name} must be a whole number from ${least} to ${largest}, not ${String(value)}.`);
  }
  return limits;
}

/** @throws PlaygroundError `settings-invalid` for what is no name of a build profile */
export function checkProfile(profile: unknown): void {
  if (profile !== undefined && typeof profile !== "string")
    throw invalid(`profile must be the name of a build profile, or empty for none, not a ${typeof profile}.`);
}

function invalid(message: string): PlaygroundError {
  return new PlaygroundError("settings-invalid", message);
}

/** What the environment sets for the server. */
export interface ServerSettings {
  /** `PLAYGROUND_HOST`: host name of the studio without a port; applications are at `<id>.` before it. */
  studioHost: string;
  /** `PORT`: 0 takes a free one. */
  port: number;
}

/** A variable of the environment has a value that cannot be used. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * Reads `PLAYGROUND_HOST` (default `play.localhost`) and `PORT` (default 5173).
 *
 * @throws SettingsError that names the variable
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): ServerSettings {
  const studioHost = environment["PLAYGROUND_HOST"] || "play.localhost";
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(studioHost)) {
    throw new SettingsError(
      `PLAYGROUND_HOST must be a host name in lower case without scheme or port, not "${studioHost}".`,
    );
  }
  const port = environment["PORT"] || "5173";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new SettingsError(`PORT must be a number from 0 to 65535, not "${port}".`);
  }
  return { studioHost, port: Number(port) };
}

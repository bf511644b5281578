/** Paths below this one are Spin's own: no route reaches them. */
export const wellKnownPrefix = "/.well-known/spin/";

/** Spin's own answer to a path, or `undefined` for one that the application answers (Spin's `trigger-http` crate). */
export function wellKnown(
  path: string,
  application: { name: string; version?: string | undefined },
): { status: number; headers: [string, string][]; body: string } | undefined {
  if (!path.startsWith(wellKnownPrefix)) return undefined;
  switch (path.slice(wellKnownPrefix.length)) {
    case "health":
      return { status: 200, headers: [], body: "OK" };
    case "info": {
      const { name, version } = application;
      const info = version === undefined ? { name } : { name, version };
      return { status: 200, headers: [["content-type", "application/json"]], body: JSON.stringify(info, undefined, 2) };
    }
    default:
      return { status: 404, headers: [], body: "" };
  }
}

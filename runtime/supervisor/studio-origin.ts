/** The studio's origin, seen from an application origin: `http://<id>.play.localhost` belongs to `http://play.localhost`. */
export function studioOrigin({ protocol, host }: Pick<Location, "protocol" | "host">): string {
  return `${protocol}//${host.slice(host.indexOf(".") + 1)}`;
}

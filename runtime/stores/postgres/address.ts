/** What of a connection string names a set of data. User, password and all other settings are not looked at. */
export interface PostgresAddress {
  host: string;
  port: number;
  database: string;
}

const defaultPort = 5432;
/** Other names of this machine: one server, whichever is used. */
const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "::1"]);

/**
 * Reads both forms that Postgres has for it: a URL, and `host=… port=… dbname=…`. Where no database is named, it is that of the
 * user, as natively; of several hosts, the first counts.
 */
export function readAddress(text: string): PostgresAddress {
  const address = URL.canParse(text) && text.includes("://") ? fromUrl(new URL(text)) : fromSettings(text);
  return loopback.has(address.host) ? { ...address, host: "localhost" } : address;
}

/** The address as the person knows it, without secrets. */
export function addressText({ host, port, database }: PostgresAddress): string {
  return `postgres://${host}:${port}/${database}`;
}

function fromUrl({ hostname, port, pathname, searchParams, username }: URL): PostgresAddress {
  return {
    host: hostname || searchParams.get("host") || "localhost",
    port: Number(port || searchParams.get("port") || defaultPort),
    database:
      decodeURIComponent(pathname.slice(1)) || searchParams.get("dbname") || decodeURIComponent(username) || "postgres",
  };
}

function fromSettings(text: string): PostgresAddress {
  const settings = new Map<string, string>();
  for (const [, name = "", quoted, plain] of text.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\]|\\.)*))/g)) {
    settings.set(name, (quoted ?? plain ?? "").replaceAll(/\\(.)/g, "$1"));
  }
  const first = (name: string): string | undefined => settings.get(name)?.split(",")[0] || undefined;
  return {
    host: first("host") ?? "localhost",
    port: Number(first("port") ?? defaultPort),
    database: settings.get("dbname") || settings.get("user") || "postgres",
  };
}

/** What Spin denies before it looks for the thing itself: databases, models and servers that the manifest does not name. */
import { allows, denialHint, type Destination, destinationText, parseDestination } from "../manifest/allowed-hosts.ts";
import type { InstanceContext } from "./context.ts";

/** The payload of a WIT error: a case, and its text. */
export type Denial = { tag: string; val?: string };

/** `invalid-input` unless the component's `ai_models` has the model. */
export function modelDenial({ component }: InstanceContext, model: string): Denial | undefined {
  if (component.metadata.ai_models?.includes(model) === true) return undefined;
  const remedy = `To give the component access, add '${model}' to the 'ai_models' key for the component in your spin.toml manifest`;
  return { tag: "invalid-input", val: `The component does not have access to use '${model}'. ${remedy}` };
}

/** The server interfaces, each with the error case of a denied address. */
export function addressDenial(
  context: InstanceContext,
  server: "redis" | "mqtt" | "mysql" | "postgres",
  address: string,
): Denial | undefined {
  const destination = server === "postgres" ? postgresDestination(address) : parseDestination(address, server);
  if (destination !== undefined && allows(destination, context.hosts)) return undefined;
  const shown = destination === undefined ? address : destinationText(destination);
  context.notice(denialHint(shown));
  if (server === "redis") return { tag: "invalid-address" };
  return { tag: "connection-failed", val: `address ${server === "postgres" ? shown : address} is not permitted` };
}

/** PostgreSQL takes a URL or `host=… port=…`, and is at 5432 of this machine when nothing else is said. */
function postgresDestination(address: string): Destination | undefined {
  const scheme = "postgres";
  if (address.includes("://")) {
    const parsed = parseDestination(address);
    return parsed === undefined ? undefined : { scheme, host: parsed.host, port: parsed.port ?? 5432 };
  }
  const setting = (name: string) => new RegExp(`(?:^|\\s)${name}\\s*=\\s*'?([^'\\s]+)`).exec(address)?.[1];
  return { scheme, host: setting("host") ?? "localhost", port: Number(setting("port") ?? 5432) };
}

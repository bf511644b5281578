import { spin1Imports } from "../host/core-module-facts.ts";
import { compatibilityTrack } from "../host/wit-facts.ts";
import type { HostFunctions } from "./host-function.ts";
import { spin1Config } from "./spin1-config.ts";
import { spin1Database } from "./spin1-databases.ts";
import { spin1Http } from "./spin1-http.ts";
import { spin1KeyValue } from "./spin1-key-value.ts";
import { spin1Llm } from "./spin1-llm.ts";
import { spin1Redis } from "./spin1-redis.ts";
import { spin1Sqlite } from "./spin1-sqlite.ts";

/** What makes the functions of an import module, out of the host interface behind it. */
const adapters: Readonly<Record<string, (host: never) => HostFunctions>> = {
  "key-value": spin1KeyValue,
  "spin-config": spin1Config,
  "wasi-outbound-http": spin1Http,
  "outbound-redis": spin1Redis,
  "outbound-pg": spin1Database,
  "outbound-mysql": spin1Database,
  sqlite: spin1Sqlite,
  llm: spin1Llm,
};

/** The import modules of Spin 1.0 over these host interfaces (by compatibility track), those that are among them. */
export function createSpin1Imports(hosts: Readonly<Record<string, object>>): Readonly<Record<string, HostFunctions>> {
  const created = Object.entries(spin1Imports).flatMap(([module, { provider }]) => {
    const host = hosts[compatibilityTrack(provider)];
    const adapter = adapters[module];
    return host && adapter ? [[module, adapter(host as never)] as const] : [];
  });
  return Object.fromEntries(created);
}

import { spin1Imports } from "../host/core-module-facts.ts";
import { spin1Config } from "../host/spin-1/config.ts";
import { spin1Database } from "../host/spin-1/databases.ts";
import { spin1KeyValue } from "../host/spin-1/key-value.ts";
import { spin1Redis } from "../host/spin-1/redis.ts";
import { spin1Sqlite } from "../host/spin-1/sqlite.ts";
import { compatibilityTrack } from "../host/wit-facts.ts";
import type { HostFunctions } from "./host-function.ts";
import { configFunctions } from "./spin1-config.ts";
import { mysqlFunctions, postgresFunctions } from "./spin1-databases.ts";
import { httpFunctions } from "./spin1-http.ts";
import { keyValueFunctions } from "./spin1-key-value.ts";
import { llmFunctions } from "./spin1-llm.ts";
import { redisFunctions } from "./spin1-redis.ts";
import { sqliteFunctions } from "./spin1-sqlite.ts";

/** What makes the functions of an import module, out of the host interface of today behind it. */
const adapters: Readonly<Record<string, (host: never) => HostFunctions>> = {
  "key-value": (host) => keyValueFunctions(spin1KeyValue(host)),
  "spin-config": (host) => configFunctions(spin1Config(host)),
  "wasi-outbound-http": httpFunctions,
  "outbound-redis": (host) => redisFunctions(spin1Redis(host)),
  "outbound-pg": (host) => postgresFunctions(spin1Database(host)),
  "outbound-mysql": (host) => mysqlFunctions(spin1Database(host)),
  sqlite: (host) => sqliteFunctions(spin1Sqlite(host)),
  llm: llmFunctions,
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

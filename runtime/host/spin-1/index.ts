import { fermyonSpinKeyValue } from "../fermyon-spin-key-value.ts";
import { fermyonSpinPostgres } from "../fermyon-spin-postgres.ts";
import { fermyonSpinRedis } from "../fermyon-spin-redis.ts";
import { fermyonSpinSqlite } from "../fermyon-spin-sqlite.ts";
import { fermyonSpinUnavailable } from "../fermyon-spin-unavailable.ts";
import { fermyonSpinVariables } from "../fermyon-spin-variables.ts";
import type { HostInterfaces } from "../host-interface.ts";
import { spin1Config } from "./config.ts";
import { spin1Database } from "./databases.ts";
import { spinHttp } from "./http.ts";
import { spin1KeyValue } from "./key-value.ts";
import { spin1Redis } from "./redis.ts";
import { spin1Sqlite } from "./sqlite.ts";

/**
 * The interfaces of Spin 1 (`fermyon:spin` without a version), each a thin face of that of today: permissions, limits and
 * stores are the same.
 */
export const spin1: HostInterfaces = {
  "fermyon:spin/http": spinHttp,
  "fermyon:spin/config": (context) => spin1Config(fermyonSpinVariables(context)),
  "fermyon:spin/key-value": (context) => spin1KeyValue(fermyonSpinKeyValue(context)),
  "fermyon:spin/sqlite": (context) => spin1Sqlite(fermyonSpinSqlite(context)),
  "fermyon:spin/redis": (context) => spin1Redis(fermyonSpinRedis(context)),
  "fermyon:spin/postgres": (context) => spin1Database(fermyonSpinPostgres(context)),
  "fermyon:spin/mysql": (context) => spin1Database(fermyonSpinUnavailable(context).mysql as never),
  // Of the same shape today.
  "fermyon:spin/llm": (context) => fermyonSpinUnavailable(context).llm,
  // Types only; the glue takes nothing out of them.
  "fermyon:spin/http-types": () => ({}),
  "fermyon:spin/redis-types": () => ({}),
  "fermyon:spin/rdbms-types": () => ({}),
};

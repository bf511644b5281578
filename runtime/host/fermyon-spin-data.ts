import { fermyonSpinMqtt } from "./fermyon-spin-mqtt.ts";
import { fermyonSpinPostgres } from "./fermyon-spin-postgres.ts";
import { fermyonSpinRedis } from "./fermyon-spin-redis.ts";
import { fermyonSpinSqlite } from "./fermyon-spin-sqlite.ts";
import { fermyonSpinUnavailable, unavailableSpinInterfaces } from "./fermyon-spin-unavailable.ts";
import type { CreateInterface, HostInterfaces } from "./host-interface.ts";

/** The databases and servers of `fermyon:spin@2.0.0`, and what of it has no back end. */
export const fermyonSpinData: HostInterfaces = {
  "fermyon:spin/redis@2": fermyonSpinRedis,
  "fermyon:spin/mqtt@2": fermyonSpinMqtt,
  "fermyon:spin/sqlite@2": fermyonSpinSqlite,
  "fermyon:spin/postgres@2": fermyonSpinPostgres,
  // Types only; the glue takes nothing out of it.
  "fermyon:spin/rdbms-types@2": () => ({}),
  ...Object.fromEntries(
    unavailableSpinInterfaces.map((name): [string, CreateInterface] => [
      `fermyon:spin/${name}@2`,
      (context) => fermyonSpinUnavailable(context)[name],
    ]),
  ),
};

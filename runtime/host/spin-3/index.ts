import { fermyonSpinMqtt } from "../fermyon-spin-mqtt.ts";
import { fermyonSpinRedis } from "../fermyon-spin-redis.ts";
import { fermyonSpinSqlite } from "../fermyon-spin-sqlite.ts";
import { fermyonSpinVariables } from "../fermyon-spin-variables.ts";
import type { HostInterfaces } from "../host-interface.ts";
import { spinKeyValue3 } from "./key-value.ts";

/** The packages of Spin that guests of WASI 0.3 use: those of `fermyon:spin@2.0.0`, with `async` functions. */
export const spin3: HostInterfaces = {
  "spin:key-value/key-value@3": spinKeyValue3,
  "spin:redis/redis@3": fermyonSpinRedis,
  "spin:mqtt/mqtt@3": fermyonSpinMqtt,
  "spin:sqlite/sqlite@3": fermyonSpinSqlite,
  "spin:variables/variables@3": fermyonSpinVariables,
};

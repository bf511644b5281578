import { asyncFacts, type InterfaceFacts, list, methods, statics } from "../interface-facts.ts";

export const spin3Facts: Readonly<Record<string, InterfaceFacts>> = {
  "spin:key-value/key-value@3": asyncFacts(
    [...statics("store", "open"), ...methods("store", "get set delete exists get-keys")],
    [],
  ),
  "spin:redis/redis@3": asyncFacts(
    [...statics("connection", "open"), ...methods("connection", "publish get set incr del sadd smembers srem execute")],
    [],
  ),
  "spin:mqtt/mqtt@3": asyncFacts([...statics("connection", "open"), ...methods("connection", "publish")], []),
  "spin:variables/variables@3": asyncFacts(list("get"), []),
};

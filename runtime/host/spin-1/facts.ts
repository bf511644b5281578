import { facts, type InterfaceFacts, list } from "../interface-facts.ts";

/** The export by which components of Spin 1 answer requests. */
export const spin1Handler = "fermyon:spin/inbound-http";

/** What Spin 1 has, under names without a version. */
export const spin1Facts: Readonly<Record<string, InterfaceFacts>> = {
  "fermyon:spin/http": facts(list("send-request"), []),
  "fermyon:spin/config": facts(list("get-config"), []),
  "fermyon:spin/key-value": facts(list("open get set delete exists get-keys"), list("close")),
  "fermyon:spin/sqlite": facts(list("open execute"), list("close")),
  "fermyon:spin/redis": facts(list("publish get set incr del sadd smembers srem execute"), []),
  "fermyon:spin/postgres": facts(list("query execute"), []),
  "fermyon:spin/mysql": facts(list("query execute"), []),
  "fermyon:spin/llm": facts([], list("infer generate-embeddings")),
  "fermyon:spin/http-types": facts([], []),
  "fermyon:spin/redis-types": facts([], []),
  "fermyon:spin/rdbms-types": facts([], []),
};

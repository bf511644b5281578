import { PlaygroundError } from "../errors.ts";
import type { BackEnds } from "./back-ends.ts";
import { createMemoryKeyValueStores } from "./memory-key-value.ts";

/** Key-value stores in memory, and of everything else what the test gives: what it does not give fails when it is used. */
export function testBackEnds(parts: Partial<BackEnds> = {}): BackEnds {
  return {
    keyValue: createMemoryKeyValueStores(),
    sqlite: { connect: () => missing("sqlite") },
    redis: { connect: () => missing("redis") },
    publisher: { send: () => missing("publisher"), countListeners: () => missing("publisher") },
    postgres: { connect: () => missing("postgres") },
    ...parts,
  };
}

function missing(name: keyof BackEnds): never {
  throw new PlaygroundError("internal", `The test gave no ${name}.`);
}

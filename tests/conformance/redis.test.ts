import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { text, utf8 } from "../../runtime/host/context-for-tests.ts";
import { fermyonSpinRedis } from "../../runtime/host/fermyon-spin-redis.ts";
import { spinTestContext, witErrorOf } from "../../runtime/host/fermyon-spin-test-context.ts";
import { parseAllowedHosts } from "../../runtime/manifest/allowed-hosts.ts";
import { testBackEnds } from "../../runtime/stores/back-ends-for-tests.ts";
import { createMemoryDataSets } from "../../runtime/stores/redis/memory-data-sets.ts";
import { createRedis } from "../../runtime/stores/redis/redis.ts";

/** A command and its results, as the file has them. */
interface Recorded {
  line: string;
  words: string[];
  results: string[];
}

describe("what Redis answers", () => {
  const publisher = { send: () => undefined, countListeners: () => Promise.resolve(0) };
  const context = spinTestContext({
    hosts: parseAllowedHosts(["redis://server"]),
    backEnds: testBackEnds({ redis: createRedis(createMemoryDataSets(), publisher) }),
  });
  const connection = fermyonSpinRedis(context).Connection.open("redis://server");

  // One after the other: most of them stand on what those before have left.
  it.each(readRecorded())("$line", async ({ words: [command = "", ...args], results }) => {
    const parameters = args.map((word) => ({ tag: "binary", val: utf8(word) }) as const);
    const answer = connection.execute(command, parameters);
    if (results[0]?.startsWith("error ") === true) {
      const { tag, val } = (await witErrorOf(() => answer)) as { tag: string; val: string };
      // The file has no spaces at the ends of its lines, as a text for unknown commands does.
      expect({ tag, val: val.trimEnd() }).toEqual({ tag: "other", val: results[0].slice("error ".length) });
      return;
    }
    const shown = (await answer).map((result) => {
      if (result.tag === "nil") return "nil";
      const value = result.tag === "binary" ? text(result.val) : String(result.val);
      // Control characters are written as in JSON.
      if (/\p{Cc}/u.test(value)) return `bin ${JSON.stringify(value)}`;
      return `${{ binary: "bin", status: "status", int64: "int" }[result.tag]} ${value}`.trim();
    });
    expect(shown).toEqual(results);
  });
});

function readRecorded(): Recorded[] {
  const recorded: Recorded[] = [];
  for (const line of readFileSync(join(import.meta.dirname, "redis.txt"), "utf8").split("\n")) {
    if (line.startsWith("#") || line === "") continue;
    if (line.startsWith("  ")) recorded.at(-1)?.results.push(line.slice(2));
    else recorded.push({ line, words: wordsOf(line), results: [] });
  }
  return recorded;
}

function wordsOf(line: string): string[] {
  return (line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []).map((word) =>
    word.startsWith('"') ? (JSON.parse(word) as string) : word,
  );
}

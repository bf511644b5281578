import type { ByteString } from "../byte-string.ts";
import { at } from "../command.ts";
import { globMatcher } from "../glob.ts";
import type { Keyspace } from "../keyspace.ts";
import { parseIndex } from "../numbers.ts";
import { redisError, type Reply, syntaxError } from "../reply.ts";

const usualCount = 10;

/**
 * SCAN. A cursor is a place among the hashes of all keys, so that no state is kept between the calls, and a key that is
 * there all the time is found whatever is added or deleted meanwhile.
 */
export function scan(keyspace: Keyspace, [cursorText = "", ...options]: readonly ByteString[]): Reply {
  const cursor = parseIndex(cursorText, () => redisError("invalid cursor"));
  const { pattern, count, type } = parseScanOptions(options, true);
  const hashed = keyspace
    .keys()
    .map((key) => ({ key, hash: hash(key) }))
    .filter((entry) => entry.hash >= cursor)
    .sort((a, b) => a.hash - b.hash);
  const next = hashed.slice(count).find((entry) => entry.hash !== hashed[count - 1]?.hash)?.hash;
  const matches = globMatcher(pattern);
  const found = hashed
    .filter((entry) => next === undefined || entry.hash < next)
    .map(({ key }) => key)
    .filter((key) => matches(key) && (type === undefined || keyspace.entry(key)?.type === type));
  return [String(next ?? 0), found];
}

/** HSCAN, SSCAN and ZSCAN: all elements in one answer, which a client must expect (as of small values in Redis). */
export function scanElements(
  elements: readonly { name: ByteString; shown: readonly ByteString[] }[],
  [cursorText = "", ...options]: readonly ByteString[],
): Reply {
  parseIndex(cursorText, () => redisError("invalid cursor"));
  const matches = globMatcher(parseScanOptions(options, false).pattern);
  return ["0", elements.filter(({ name }) => matches(name)).flatMap(({ shown }) => shown)];
}

function parseScanOptions(options: readonly ByteString[], mayHaveType: boolean) {
  let [pattern, count, type] = ["*", usualCount, undefined as ByteString | undefined];
  for (let index = 0; index < options.length; index += 2) {
    const option = at(options, index).toUpperCase();
    const value = at(options, index + 1);
    if (index + 1 >= options.length) throw syntaxError();
    if (option === "MATCH") pattern = value;
    else if (option === "TYPE" && mayHaveType) type = value.toLowerCase();
    else if (option === "COUNT") count = parseIndex(value);
    else throw syntaxError();
    if (count < 1) throw syntaxError();
  }
  return { pattern, count, type };
}

/** FNV-1a of 32 bits, and never 0, which is the cursor of the beginning. */
function hash(text: ByteString): number {
  let value = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  return (value >>> 0) + 1;
}

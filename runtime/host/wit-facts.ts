import { facts, type InterfaceFacts, list, methods, statics } from "./interface-facts.ts";
import { spin1Facts, spin1Handler } from "./spin-1/facts.ts";
import { spin3Facts } from "./spin-3/facts.ts";
import { candidate, wasi03Facts } from "./wasi-0.3/facts.ts";
import { releaseCandidateFacts } from "./release-candidate-facts.ts";

/**
 * What the host offers, as facts about WIT: which functions each interface has and which of them make the guest wait.
 * One table, so that the JSPI lists, the import keys and the host's registry can never disagree.
 */

const postgresConnection = [...statics("connection", "open"), ...methods("connection", "query execute")];

const releases: Readonly<Record<string, InterfaceFacts>> = {
  "wasi:io/error@0.2": facts([], methods("error", "to-debug-string")),
  "wasi:io/poll@0.2": facts(["poll", ...methods("pollable", "block")], methods("pollable", "ready")),
  "wasi:io/streams@0.2": facts(
    [
      ...methods("input-stream", "blocking-read blocking-skip"),
      ...methods(
        "output-stream",
        "blocking-flush blocking-write-and-flush blocking-write-zeroes-and-flush blocking-splice",
      ),
    ],
    [
      ...methods("input-stream", "read skip subscribe"),
      ...methods("output-stream", "check-write write flush subscribe write-zeroes splice"),
    ],
  ),

  "wasi:clocks/monotonic-clock@0.2": facts([], list("now resolution subscribe-instant subscribe-duration")),
  "wasi:clocks/wall-clock@0.2": facts([], list("now resolution")),

  "wasi:random/random@0.2": facts([], list("get-random-bytes get-random-u64")),
  "wasi:random/insecure@0.2": facts([], list("get-insecure-random-bytes get-insecure-random-u64")),
  "wasi:random/insecure-seed@0.2": facts([], list("insecure-seed")),

  "wasi:cli/environment@0.2": facts([], list("get-environment get-arguments initial-cwd")),
  "wasi:cli/exit@0.2": facts([], list("exit exit-with-code")),
  "wasi:cli/stdin@0.2": facts([], list("get-stdin")),
  "wasi:cli/stdout@0.2": facts([], list("get-stdout")),
  "wasi:cli/stderr@0.2": facts([], list("get-stderr")),
  "wasi:cli/terminal-input@0.2": facts([], []),
  "wasi:cli/terminal-output@0.2": facts([], []),
  "wasi:cli/terminal-stdin@0.2": facts([], list("get-terminal-stdin")),
  "wasi:cli/terminal-stdout@0.2": facts([], list("get-terminal-stdout")),
  "wasi:cli/terminal-stderr@0.2": facts([], list("get-terminal-stderr")),

  "wasi:filesystem/preopens@0.2": facts([], list("get-directories")),
  "wasi:filesystem/types@0.2": facts(
    [],
    [
      "filesystem-error-code",
      ...methods("directory-entry-stream", "read-directory-entry"),
      ...methods(
        "descriptor",
        `read-via-stream write-via-stream append-via-stream advise sync-data get-flags get-type set-size set-times read
         write read-directory sync create-directory-at stat stat-at set-times-at link-at open-at readlink-at
         remove-directory-at rename-at symlink-at unlink-file-at is-same-object metadata-hash metadata-hash-at`,
      ),
    ],
  ),

  "wasi:sockets/instance-network@0.2": facts([], list("instance-network")),
  "wasi:sockets/network@0.2": facts([], list("network-error-code")),
  "wasi:sockets/ip-name-lookup@0.2": facts(
    [],
    ["resolve-addresses", ...methods("resolve-address-stream", "resolve-next-address subscribe")],
  ),
  "wasi:sockets/tcp-create-socket@0.2": facts([], list("create-tcp-socket")),
  "wasi:sockets/tcp@0.2": facts(
    [],
    methods(
      "tcp-socket",
      `start-bind finish-bind start-connect finish-connect start-listen finish-listen accept local-address remote-address
       is-listening address-family set-listen-backlog-size keep-alive-enabled set-keep-alive-enabled keep-alive-idle-time
       set-keep-alive-idle-time keep-alive-interval set-keep-alive-interval keep-alive-count set-keep-alive-count
       hop-limit set-hop-limit receive-buffer-size set-receive-buffer-size send-buffer-size set-send-buffer-size
       subscribe shutdown`,
    ),
  ),
  "wasi:sockets/udp-create-socket@0.2": facts([], list("create-udp-socket")),
  "wasi:sockets/udp@0.2": facts(
    [],
    [
      ...methods(
        "udp-socket",
        `start-bind finish-bind stream local-address remote-address address-family unicast-hop-limit
         set-unicast-hop-limit receive-buffer-size set-receive-buffer-size send-buffer-size set-send-buffer-size
         subscribe`,
      ),
      ...methods("incoming-datagram-stream", "receive subscribe"),
      ...methods("outgoing-datagram-stream", "check-send send subscribe"),
    ],
  ),

  "wasi:http/outgoing-handler@0.2": facts([], list("handle")),
  "wasi:http/types@0.2": facts(
    [],
    [
      "http-error-code",
      "[constructor]fields",
      ...statics("fields", "from-list"),
      ...methods("fields", "get has set delete append entries clone"),
      ...methods("incoming-request", "method path-with-query scheme authority headers consume"),
      "[constructor]outgoing-request",
      ...methods(
        "outgoing-request",
        "body method set-method path-with-query set-path-with-query scheme set-scheme authority set-authority headers",
      ),
      "[constructor]request-options",
      ...methods(
        "request-options",
        `connect-timeout set-connect-timeout first-byte-timeout set-first-byte-timeout between-bytes-timeout
         set-between-bytes-timeout`,
      ),
      ...methods("response-outparam", "send-informational"),
      ...statics("response-outparam", "set"),
      ...methods("incoming-response", "status headers consume"),
      ...methods("incoming-body", "stream"),
      ...statics("incoming-body", "finish"),
      ...methods("future-trailers", "subscribe get"),
      "[constructor]outgoing-response",
      ...methods("outgoing-response", "status-code set-status-code headers body"),
      ...methods("outgoing-body", "write"),
      ...statics("outgoing-body", "finish"),
      ...methods("future-incoming-response", "subscribe get"),
    ],
  ),

  "fermyon:spin/key-value@2": facts(
    [...statics("store", "open"), ...methods("store", "get set delete exists get-keys")],
    [],
  ),
  "fermyon:spin/variables@2": facts(list("get"), []),
  "fermyon:spin/sqlite@2": facts(methods("connection", "execute"), statics("connection", "open")),
  "spin:sqlite/sqlite@3": facts(methods("connection", "execute"), [
    ...statics("connection", "open"),
    ...methods("connection", "last-insert-rowid changes"),
  ]),
  "fermyon:spin/redis@2": facts(
    methods("connection", "publish get set incr del sadd smembers srem execute"),
    statics("connection", "open"),
  ),
  "fermyon:spin/mqtt@2": facts([], [...statics("connection", "open"), ...methods("connection", "publish")]),
  "fermyon:spin/llm@2": facts([], list("infer generate-embeddings")),
  "fermyon:spin/rdbms-types@2": facts([], []),
  "fermyon:spin/mysql@2": facts([], [...statics("connection", "open"), ...methods("connection", "query execute")]),
  "fermyon:spin/postgres@2": facts(postgresConnection, []),
  "spin:postgres/postgres@3": facts(postgresConnection, []),
  "spin:postgres/postgres@4": facts(
    [...postgresConnection, ...methods("connection-builder", "build")],
    ["[constructor]connection-builder", ...methods("connection-builder", "set-ca-root")],
  ),

  "wasi:keyvalue/store@0.2.0-draft2": facts(["open", ...methods("bucket", "get set delete exists list-keys")], []),
  "wasi:keyvalue/atomics@0.2.0-draft2": facts(
    ["increment", "swap", ...statics("cas", "new"), ...methods("cas", "current")],
    [],
  ),
  "wasi:keyvalue/batch@0.2.0-draft2": facts(list("get-many set-many delete-many"), []),
  "wasi:config/store@0.2.0-draft-2024-09-27": facts(list("get get-all"), []),
};

/** Interfaces by the name that `compatibilityTrack` gives them. WASI 0.3 goes here, beside 0.2. */
export const hostInterfaces: Readonly<Record<string, InterfaceFacts>> = {
  ...releases,
  ...wasi03Facts,
  ...spin1Facts,
  ...spin3Facts,
  ...releaseCandidateFacts(releases),
};

/** Exported interfaces that the engine calls, and their functions; every one of them may wait, since it runs the guest. */
export const guestInterfaces: Readonly<Record<string, readonly string[]>> = {
  "wasi:http/incoming-handler@0.2": ["handle"],
  "wasi:http/incoming-handler@0.2.0-rc-2023-11-10": ["handle"],
  "wasi:http/incoming-handler@0.2.0-rc-2023-10-18": ["handle"],
  [spin1Handler]: ["handle-request"],
};

/** The same for exports that the WIT declares `async`. */
const asyncGuestInterfaces: readonly string[] = ["wasi:http/handler@0.3", `wasi:http/handler@${candidate}`];

/** Whether an export, e.g. `wasi:http/handler@0.3.0`, is one of those. */
export function isAsyncHandler(name: string): boolean {
  return asyncGuestInterfaces.includes(compatibilityTrack(name));
}

/**
 * The name under which all compatible versions of an interface are one: `wasi:io/poll@0.2.10` -> `wasi:io/poll@0.2`,
 * `fermyon:spin/key-value@2.0.0` -> `fermyon:spin/key-value@2`. Pre-releases and `0.0.x` are compatible with nothing but
 * themselves (semver; "canonical interface name" of the component model) and keep their whole version.
 */
export function compatibilityTrack(name: string): string {
  const at = name.lastIndexOf("@");
  if (at < 0) return name;
  const version = /^(\d+)\.(\d+)\.(\d+)(-[^+]*)?(?:\+.*)?$/.exec(name.slice(at + 1));
  if (!version) return name;
  const [, major, minor, , preRelease] = version;
  if (preRelease !== undefined) return name;
  if (major !== "0") return `${name.slice(0, at)}@${major}`;
  if (minor !== "0") return `${name.slice(0, at)}@0.${minor}`;
  return name;
}

/**
 * jco's `map` option: every import's own name to its compatibility track, which is then its key in the object of
 * imports. Without it the key has no version, and two generations of one interface would collide.
 */
export function importMap(imports: readonly string[]): [name: string, key: string][] {
  return imports.map((name) => [name, compatibilityTrack(name)]);
}

/**
 * jco's `asyncMode.val.imports` for a component with these imports: every function that suspends, with the version that
 * the component itself imports (`wasi:io/poll@0.2.10#[method]pollable.block`).
 */
export function suspendingImports(imports: readonly string[]): string[] {
  return imports.flatMap((name) =>
    (hostInterfaces[compatibilityTrack(name)]?.suspends ?? []).map((fn) => `${name}#${fn}`),
  );
}

/** jco's `asyncMode.val.exports` for a component with these exports, e.g. `wasi:http/incoming-handler@0.2.10#handle`. */
export function suspendingExports(exports: readonly string[]): string[] {
  return exports.flatMap((name) => (guestInterfaces[compatibilityTrack(name)] ?? []).map((fn) => `${name}#${fn}`));
}

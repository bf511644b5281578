import { facts, type InterfaceFacts, list, methods } from "./interface-facts.ts";

/**
 * The release candidates of WASI 0.2 that Spin has (`crates/factor-wasi`, `crates/factor-outbound-http`). Each keeps its whole
 * version as its name, so it is an interface of its own beside those of 0.2.
 */
export const candidate20231110 = "0.2.0-rc-2023-11-10";
export const candidate20231018 = "0.2.0-rc-2023-10-18";

/** Packages of the candidates, all of whose interfaces they share with 0.2 unless it is said below. */
const packages = ["io", "clocks", "random", "cli", "filesystem", "sockets", "http"];

/** What a candidate's interface has that the one of 0.2 lacks, and the other way round; `[method]x.y` as in the WIT. */
interface Difference {
  readonly without?: readonly string[];
  readonly suspends?: readonly string[];
  readonly immediate?: readonly string[];
}

/** The older candidate lacks what the newer one lacks; see `differences20231018` for the rest. */
const differences20231110: Readonly<Record<string, Difference>> = {
  "cli/exit": { without: ["exit-with-code"] },
  "sockets/network": { without: ["network-error-code"] },
  "sockets/tcp": { immediate: methods("tcp-socket", "ipv6-only set-ipv6-only") },
  "sockets/udp": { immediate: methods("udp-socket", "ipv6-only set-ipv6-only") },
  "http/types": {
    without: [
      ...methods("fields", "has"),
      ...methods("response-outparam", "send-informational"),
      ...methods(
        "request-options",
        `connect-timeout set-connect-timeout first-byte-timeout set-first-byte-timeout between-bytes-timeout
         set-between-bytes-timeout`,
      ),
    ],
    immediate: methods(
      "request-options",
      `connect-timeout-ms set-connect-timeout-ms first-byte-timeout-ms set-first-byte-timeout-ms
       between-bytes-timeout-ms set-between-bytes-timeout-ms`,
    ),
  },
};

/**
 * Left out are functions that Spin links and that trap there: `output-stream.forward`, and of descriptors `access-at`, the
 * permissions and the locks.
 */
const differences20231018: Readonly<Record<string, Difference>> = {
  ...differences20231110,
  "io/poll": { without: ["poll", ...methods("pollable", "ready block")], suspends: list("poll-list poll-one") },
  "io/streams": { immediate: methods("error", "to-debug-string") },
  "clocks/monotonic-clock": { without: list("subscribe-instant subscribe-duration"), immediate: ["subscribe"] },
  "sockets/tcp": {
    without: methods(
      "tcp-socket",
      `is-listening keep-alive-enabled set-keep-alive-enabled keep-alive-idle-time set-keep-alive-idle-time
       keep-alive-interval set-keep-alive-interval keep-alive-count set-keep-alive-count hop-limit set-hop-limit`,
    ),
    immediate: methods(
      "tcp-socket",
      `ipv6-only set-ipv6-only keep-alive set-keep-alive no-delay set-no-delay unicast-hop-limit
       set-unicast-hop-limit`,
    ),
  },
  "sockets/udp": {
    without: [
      ...methods("udp-socket", "stream"),
      ...methods("incoming-datagram-stream", "receive subscribe"),
      ...methods("outgoing-datagram-stream", "check-send send subscribe"),
    ],
    immediate: methods("udp-socket", "ipv6-only set-ipv6-only start-connect finish-connect receive send"),
  },
  "http/types": {
    without: [
      "http-error-code",
      "[static]fields.from-list",
      ...methods("fields", "has"),
      ...methods(
        "outgoing-request",
        `body method set-method path-with-query set-path-with-query scheme set-scheme authority set-authority headers`,
      ),
      "[constructor]request-options",
      ...methods(
        "request-options",
        `connect-timeout set-connect-timeout first-byte-timeout set-first-byte-timeout between-bytes-timeout
         set-between-bytes-timeout`,
      ),
      ...methods("response-outparam", "send-informational"),
      ...methods("outgoing-response", "status-code set-status-code headers body"),
    ],
    immediate: [...methods("outgoing-request", "write"), ...methods("outgoing-response", "write")],
  },
};

/** Interfaces that a candidate has not. */
const missing20231018 = ["wasi:io/error"];

/** The facts of both candidates, out of those of 0.2. */
export function releaseCandidateFacts(
  releases: Readonly<Record<string, InterfaceFacts>>,
): Record<string, InterfaceFacts> {
  const found: Record<string, InterfaceFacts> = {};
  for (const [track, ofRelease] of Object.entries(releases)) {
    const [, packageName = "", interfaceName = ""] = /^wasi:([\w-]+)\/([\w-]+)@0\.2$/.exec(track) ?? [];
    if (!packages.includes(packageName)) continue;
    const name = `${packageName}/${interfaceName}`;
    found[`wasi:${name}@${candidate20231110}`] = changed(ofRelease, differences20231110[name]);
    if (missing20231018.includes(`wasi:${name}`)) continue;
    found[`wasi:${name}@${candidate20231018}`] = changed(ofRelease, differences20231018[name]);
  }
  return found;
}

function changed(
  { suspends, immediate }: InterfaceFacts,
  { without = [], suspends: alsoSuspends = [], immediate: alsoImmediate = [] }: Difference = {},
): InterfaceFacts {
  const kept = (names: readonly string[]): string[] => names.filter((name) => !without.includes(name));
  return facts([...kept(suspends), ...alsoSuspends], [...kept(immediate), ...alsoImmediate]);
}

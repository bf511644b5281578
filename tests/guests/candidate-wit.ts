import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A change of a package's text: what 0.2.12 has, and what the candidate had in its place. */
type Edit = readonly [found: string | RegExp, instead: string];

export const candidates = ["0.2.0-rc-2023-11-10", "0.2.0-rc-2023-10-18"] as const;
export type Candidate = (typeof candidates)[number];

const ipv6Only = `
        ipv6-only: func() -> result<bool, error-code>;
        set-ipv6-only: func(value: bool) -> result<_, error-code>;`;

/** Without what is behind a feature gate now, and was not there. */
const withoutTimezone: readonly Edit[] = [
  [/@unstable\(feature = clocks-timezone\)\ninterface timezone \{[^]*?\n\}\n/, ""],
  [/@unstable\(feature = clocks-timezone\)\n\s*import timezone;/, ""],
];

const edits20231110: Readonly<Record<string, readonly Edit[]>> = {
  "wasi-io": [],
  "wasi-clocks": withoutTimezone,
  "wasi-random": [],
  "wasi-filesystem": [],
  "wasi-cli": [["  exit-with-code: func(status-code: u8);\n", ""]],
  "wasi-sockets": [
    [/@unstable\(feature = network-error-code\)\n\s*use wasi:io\/error@[\w.-]+\.\{error\};/, ""],
    [/@unstable\(feature = network-error-code\)\n\s*network-error-code: [^;]+;/, ""],
    ["is-listening: func() -> bool;", `is-listening: func() -> bool;${ipv6Only}`],
    [
      "unicast-hop-limit: func() -> result<u8, error-code>;",
      `unicast-hop-limit: func() -> result<u8, error-code>;${ipv6Only}`,
    ],
  ],
  "wasi-http": [
    ["    has: func(name: field-name) -> bool;\n", ""],
    [/@unstable\(feature = informational-outbound-responses\)\n\s*send-informational: func\([^;]+;/, ""],
    [/((?:set-)?(?:connect|first-byte|between-bytes)-timeout): func/g, "$1-ms: func"],
    [
      "get: func() -> option<result<result<option<trailers>, error-code>>>;",
      "get: func() -> option<result<option<trailers>, error-code>>;",
    ],
  ],
};

const edits20231018: Readonly<Record<string, readonly Edit[]>> = {
  "wasi-io": [
    [/interface error \{[^]*?\n\}\n/, ""],
    ["    use error.{error};\n", "    resource error {\n        to-debug-string: func() -> string;\n    }\n"],
    [/resource pollable \{[^}]*\}/, "resource pollable;"],
    [
      "poll: func(in: list<borrow<pollable>>) -> list<u32>;",
      "poll-list: func(in: list<borrow<pollable>>) -> list<u32>;\n    poll-one: func(in: borrow<pollable>);",
    ],
    [/src: borrow<input-stream>/g, "src: input-stream"],
    [
      "        blocking-splice: func(",
      "        forward: func(src: input-stream) -> result<u64, stream-error>;\n        blocking-splice: func(",
    ],
  ],
  "wasi-clocks": [
    ...withoutTimezone,
    [/subscribe-instant: [^]*?-> pollable;/, "subscribe: func(when: instant, absolute: bool) -> pollable;"],
    [/subscribe-duration: [^]*?-> pollable;/, ""],
  ],
  "wasi-random": [],
  "wasi-filesystem": [
    ["            %flags: descriptor-flags,\n", "            %flags: descriptor-flags,\n            modes: modes,\n"],
    [
      "    resource descriptor {",
      `    flags modes { readable, writable, executable }
    variant access-type { access(modes), exists }
    resource descriptor {
        access-at: func(path-flags: path-flags, path: string, %type: access-type) -> result<_, error-code>;
        change-file-permissions-at: func(path-flags: path-flags, path: string, modes: modes) -> result<_, error-code>;
        change-directory-permissions-at:
          func(path-flags: path-flags, path: string, modes: modes) -> result<_, error-code>;
        lock-shared: func() -> result<_, error-code>;
        lock-exclusive: func() -> result<_, error-code>;
        try-lock-shared: func() -> result<_, error-code>;
        try-lock-exclusive: func() -> result<_, error-code>;
        unlock: func() -> result<_, error-code>;`,
    ],
  ],
  "wasi-cli": edits20231110["wasi-cli"] ?? [],
  "wasi-sockets": [
    ...(edits20231110["wasi-sockets"] ?? []),
    ["        is-listening: func() -> bool;\n", ""],
    [/ *(?:set-)?keep-alive-(?:idle-time|interval|count): [^;]+;\n/g, ""],
    [/keep-alive-enabled: func/g, "keep-alive: func"],
    [
      "        hop-limit: func",
      "        no-delay: func() -> result<bool, error-code>;\n        set-no-delay: func(value: bool) -> result<_, error-code>;\n        unicast-hop-limit: func",
    ],
    ["        set-hop-limit: func", "        set-unicast-hop-limit: func"],
    [/    use wasi:clocks\/monotonic-clock@[\w.-]+\.\{duration\};\n/, ""],
    [
      /record incoming-datagram \{[^}]*\}/,
      "record datagram {\n        data: list<u8>,\n        remote-address: ip-socket-address,\n    }",
    ],
    [/record outgoing-datagram \{[^}]*\}/, ""],
    [
      /%stream: [^;]+;/,
      `start-connect: func(network: borrow<network>, remote-address: ip-socket-address) -> result<_, error-code>;
        finish-connect: func() -> result<_, error-code>;
        receive: func(max-results: u64) -> result<list<datagram>, error-code>;
        send: func(datagrams: list<datagram>) -> result<u64, error-code>;`,
    ],
    [/resource incoming-datagram-stream \{[^}]*\}/, ""],
    [/resource outgoing-datagram-stream \{[^}]*\}/, ""],
    [
      "use network.{network, error-code, ip-address};",
      "use network.{network, error-code, ip-address, ip-address-family};",
    ],
    ["name: string) ->", "name: string, address-family: option<ip-address-family>, include-unavailable: bool) ->"],
  ],
};

/**
 * The packages of a release candidate, as texts that each begin with their `package`. They are made out of those of 0.2.12 by
 * the differences above, so that these can be read in one place; `wasi:http` of the older one has little in common with it.
 *
 * @param read the text of a package of 0.2.12 by its folder, e.g. `wasi-io`
 */
export function candidatePackages(version: Candidate, read: (folder: string) => string): string[] {
  const edits = version === "0.2.0-rc-2023-11-10" ? edits20231110 : edits20231018;
  const packages = Object.entries(edits).map(([folder, changes]) =>
    changes.reduce((wit, edit) => edited(folder, wit, edit), read(folder)).replaceAll("0.2.12", version),
  );
  if (version === "0.2.0-rc-2023-10-18") {
    packages.push(readFileSync(join(import.meta.dirname, "wit/http-2023-10-18.wit"), "utf8"));
  }
  return packages;
}

/** An edit that finds nothing would let the candidate pass for something it was not. */
function edited(folder: string, wit: string, [found, instead]: Edit): string {
  const changed = wit.replace(found, instead);
  if (changed === wit) throw new Error(`${folder} has nothing like ${String(found)}`);
  return changed;
}

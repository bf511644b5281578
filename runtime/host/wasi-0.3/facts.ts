import { asyncFacts, type InterfaceFacts, list, methods, statics } from "../interface-facts.ts";

/** The release candidate that Spin 4 and its SDKs of Python and Go were made with; its interfaces are those of 0.3.0. */
export const candidate = "0.3.0-rc-2026-03-15";

const packages: Readonly<Record<string, InterfaceFacts>> = {
  "clocks/types": asyncFacts([], []),
  "clocks/monotonic-clock": asyncFacts(list("wait-until wait-for"), list("now get-resolution")),
  "clocks/system-clock": asyncFacts([], list("now get-resolution")),

  "random/random": asyncFacts([], list("get-random-bytes get-random-u64")),
  "random/insecure": asyncFacts([], list("get-insecure-random-bytes get-insecure-random-u64")),
  "random/insecure-seed": asyncFacts([], list("get-insecure-seed")),

  "cli/types": asyncFacts([], []),
  "cli/environment": asyncFacts([], list("get-environment get-arguments get-initial-cwd")),
  "cli/exit": asyncFacts([], list("exit exit-with-code")),
  "cli/stdin": asyncFacts([], list("read-via-stream")),
  "cli/stdout": asyncFacts([], list("write-via-stream")),
  "cli/stderr": asyncFacts([], list("write-via-stream")),
  "cli/terminal-input": asyncFacts([], []),
  "cli/terminal-output": asyncFacts([], []),
  "cli/terminal-stdin": asyncFacts([], list("get-terminal-stdin")),
  "cli/terminal-stdout": asyncFacts([], list("get-terminal-stdout")),
  "cli/terminal-stderr": asyncFacts([], list("get-terminal-stderr")),

  "filesystem/preopens": asyncFacts([], list("get-directories")),
  "filesystem/types": asyncFacts(
    methods(
      "descriptor",
      `advise sync-data get-flags get-type set-size set-times sync create-directory-at stat stat-at set-times-at link-at
       open-at readlink-at remove-directory-at rename-at symlink-at unlink-file-at is-same-object metadata-hash
       metadata-hash-at`,
    ),
    methods("descriptor", "read-via-stream write-via-stream append-via-stream read-directory"),
  ),

  "sockets/ip-name-lookup": asyncFacts(list("resolve-addresses"), []),
  "sockets/types": asyncFacts(
    [...methods("tcp-socket", "connect"), ...methods("udp-socket", "send receive")],
    [
      ...statics("tcp-socket", "create"),
      ...methods(
        "tcp-socket",
        `bind listen send receive get-local-address get-remote-address get-is-listening get-address-family
         set-listen-backlog-size get-keep-alive-enabled set-keep-alive-enabled get-keep-alive-idle-time
         set-keep-alive-idle-time get-keep-alive-interval set-keep-alive-interval get-keep-alive-count
         set-keep-alive-count get-hop-limit set-hop-limit get-receive-buffer-size set-receive-buffer-size
         get-send-buffer-size set-send-buffer-size`,
      ),
      ...statics("udp-socket", "create"),
      ...methods(
        "udp-socket",
        `bind connect disconnect get-local-address get-remote-address get-address-family get-unicast-hop-limit
         set-unicast-hop-limit get-receive-buffer-size set-receive-buffer-size get-send-buffer-size
         set-send-buffer-size`,
      ),
    ],
  ),

  "http/types": asyncFacts(
    [],
    [
      "[constructor]fields",
      ...statics("fields", "from-list"),
      ...methods("fields", "get has set delete get-and-delete append copy-all clone"),
      ...statics("request", "new consume-body"),
      ...methods(
        "request",
        `get-method set-method get-path-with-query set-path-with-query get-scheme set-scheme get-authority set-authority
         get-options get-headers`,
      ),
      "[constructor]request-options",
      ...methods(
        "request-options",
        `get-connect-timeout set-connect-timeout get-first-byte-timeout set-first-byte-timeout get-between-bytes-timeout
         set-between-bytes-timeout clone`,
      ),
      ...statics("response", "new consume-body"),
      ...methods("response", "get-status-code set-status-code get-headers"),
    ],
  ),
  "http/client": asyncFacts(list("send"), []),
};

/** Under the names of 0.3.x and of the candidate. */
export const wasi03Facts: Readonly<Record<string, InterfaceFacts>> = Object.fromEntries(
  Object.entries(packages).flatMap(([name, facts]) => [
    [`wasi:${name}@0.3`, facts],
    [`wasi:${name}@${candidate}`, facts],
  ]),
);

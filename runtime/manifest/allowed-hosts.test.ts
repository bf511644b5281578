import { describe, expect, test } from "vitest";
import {
  allows,
  allowsSelf,
  checkAllowedHosts,
  denialHint,
  destinationText,
  isForServiceChaining,
  parseAllowedHost,
  mayReachItself,
  parseAllowedHosts,
  parseDestination,
  serviceChainingTarget,
} from "./allowed-hosts.ts";

describe("what an entry allows", () => {
  test.each<[entry: string, url: string, allowed: boolean]>([
    ["http://example.com", "http://example.com/path?query", true],
    ["http://example.com", "http://example.com:80", true],
    ["http://example.com", "http://example.com:8080", false],
    ["http://example.com", "https://example.com", false],
    ["http://example.com", "http://www.example.com", false],
    ["http://example.com/", "http://example.com", true],
    ["http://example.com:8080/", "http://example.com:8080", true],
    ["  http://example.com ", "http://example.com", true],
    ["http://EXAMPLE.com", "http://example.COM", true],
    ["https://bücher.example", "https://xn--bcher-kva.example", true],
    ["*://example.com:*", "redis://example.com:1234", true],
    ["*://example.com:443", "https://example.com", true],
    ["http://*", "http://anything.example", true],
    ["http://*", "http://anything.example:81", false],
    ["http://*:*", "http://a.spin.internal/", true],
    ["*://*:*", "mysql://db", true],
    ["http://*.example.com", "http://a.example.com", true],
    ["http://*.example.com", "http://a.b.example.com", true],
    ["http://*.example.com", "http://example.com", false],
    ["http://*.example.com", "http://badexample.com", false],
    ["http://example.com:1000..2000", "http://example.com:1000", true],
    ["http://example.com:1000..2000", "http://example.com:1999", true],
    ["http://example.com:1000..2000", "http://example.com:2000", false],
    ["http://127.0.0.0/24", "http://127.0.0.7", true],
    ["http://127.0.0.0/24", "http://127.0.1.7", false],
    ["http://127.0.0.9/24:*", "http://127.0.0.7:9999", true],
    ["http://0.0.0.0/0", "http://example.com", false],
    ["http://10.0.0.0/8", "http://10.255.255.255", true],
    ["http://fd00::/8:*", "http://[fd12:3456::1]:80", true],
    ["http://fd00::/8:*", "http://[fe12::1]", false],
    ["http://127.0.0.1", "http://127.1", true],
    ["http://[::1]:3000", "http://[0:0::1]:3000", true],
    ["http://self", "http://self", false],
    ["redis://cache", "redis://cache", true],
    ["redis://cache", "redis://cache:6379", true],
    ["postgres://db", "postgres://user:p#ss@db/name", true],
    ["postgres://db", "postgres://user:p#ss@other/name", false],
    ["https://example.com", "example.com/file@1.0.json", true],
    ["https://a.example", "https://a.example/x@b.example", true],
  ])("%s: %s is %s", (entry, url, allowed) => {
    const hosts = parseAllowedHosts([entry]);
    expect(hosts.faults).toEqual([]);
    expect(allows(url, hosts)).toBe(allowed);
  });

  test("a destination in parts, with the scheme's port when it has none", () => {
    const hosts = parseAllowedHosts(["mqtt://broker", "amqp://broker:5672"]);
    expect(allows({ scheme: "mqtt", host: "broker" }, hosts)).toBe(true);
    expect(allows({ scheme: "mqtt", host: "broker", port: 1 }, hosts)).toBe(false);
    expect(allows({ scheme: "amqp", host: "broker" }, hosts)).toBe(false);
    expect(allows(new URL("amqp://broker:5672"), hosts)).toBe(true);
  });

  test("nothing is allowed by an empty list, and no text that is not a URL", () => {
    expect(allows("http://example.com", parseAllowedHosts([]))).toBe(false);
    expect(allows("exa mple", parseAllowedHosts(["*://*:*"]))).toBe(false);
    expect(allows("", parseAllowedHosts(["*://*:*"]))).toBe(false);
  });

  test.each<[string, boolean]>([
    ["http://self", true],
    ["https://self.alt", true],
    ["*://*:*", true],
    ["http://*", true],
    ["redis://*:*", false],
    ["http://example.com", false],
    ["http://*.alt", false],
  ])("%s allows requests to the application itself: %s", (entry, allowed) => {
    expect(allowsSelf(parseAllowedHosts([entry]))).toBe(allowed);
  });
});

const learnMore = "Learn more: https://spinframework.dev/v3/http-outbound#granting-http-permissions-to-components";

describe("what an entry may not be", () => {
  test.each([
    ["example.com", `"example.com" does not contain a scheme (e.g., 'http://' or '*://')\n${learnMore}`],
    ["example.com:80", `"example.com:80" does not contain a scheme (e.g., 'http://' or '*://')\n${learnMore}`],
    ["http://a:80/path", `"http://a:80/path" has a path but is not allowed to`],
    ["http://a/path", 'Invalid allowed host "a/path": must not include a path'],
    [
      "{http,https}://a",
      'Invalid allowed host port "": no port was provided and the scheme "{http,https}" does not have a known default port number',
    ],
    ["{http,https}://a:1", 'Invalid allowed host scheme "{http,https}": scheme lists are not supported'],
    ["ht-tp://a:1", 'Invalid allowed host scheme "ht-tp": only alphabetic characters are allowed'],
    [
      "ftp://a",
      'Invalid allowed host port "": no port was provided and the scheme "ftp" does not have a known default port number',
    ],
    [
      "*://a",
      'Invalid allowed host port "": no port was provided and the scheme "*" does not have a known default port number',
    ],
    ["http://{a,b}", 'Invalid allowed host "{a,b}": host lists are not yet supported'],
    ["http://a.*", 'Invalid allowed host "a.*": wildcards are allowed only as subdomains'],
    ["http://*.*.com", 'Invalid allowed host "*.*.com": wildcards are allowed only as prefixes'],
    ["http://a:{1,2}", 'Invalid allowed host port "{1,2}": port lists are not yet supported'],
    ["http://a:b", 'Invalid allowed host port "b": port "b" is not a number'],
    ["http://a:70000", 'Invalid allowed host port "70000": port "70000" is not a number'],
    ["http://a:1..b", 'Invalid allowed host port "1..b": port range "1..b" contains non-number'],
    ["http://", 'Invalid allowed host "": empty host'],
    ["http://a b", 'Invalid allowed host "a b": invalid domain character'],
  ])("%s", (entry, fault) => {
    expect(parseAllowedHost(entry)).toEqual({ fault });
  });

  test.each(["*", ":", "?", ""])("%j has a message of its own", (entry) => {
    expect(parseAllowedHost(entry)).toEqual({
      fault: [
        `"${entry}" is not an allowed outbound host format.`,
        "Hosts must be in the form <scheme>://<host>[:<port>], with '*' wildcards allowed for each.",
        "If you intended to allow all outbound networking, you can use '*://*:*' - this will obviate all network sandboxing.",
        learnMore,
      ].join("\n"),
    });
  });
});

describe("templates", () => {
  const values = new Map(Object.entries({ host: "https://a.example", none: "", bad: "a.example" }));
  const variable = (name: string): string | undefined => values.get(name);

  test("are resolved before the check", () => {
    const hosts = parseAllowedHosts(["{{ host }}", "{{ none }}", "http://{{ none }}"], variable);
    expect(hosts.faults).toEqual([]);
    expect(hosts.entries).toHaveLength(1);
    expect(allows("https://a.example", hosts)).toBe(true);
  });

  test("without a value allow nothing, and say so", () => {
    const hosts = parseAllowedHosts(["http://x", "{{ missing }}"], variable);
    expect(hosts.faults).toEqual([{ index: 1, message: 'no provider resolved required variable "missing"' }]);
    expect(allows("http://x", hosts)).toBe(true);
  });

  test("are checked with defaults when the manifest is loaded", () => {
    expect(checkAllowedHosts(["{{ host }}", "{{ missing }}", "{{ none }}"], variable)).toEqual([]);
    expect(checkAllowedHosts(["http://x", "{{ bad }}", "{{ x"], variable)).toEqual([
      {
        index: 1,
        message: `using default variable value(s) with template "{{ bad }}" results in invalid config "a.example": "a.example" does not contain a scheme (e.g., 'http://' or '*://')\n${learnMore}`,
      },
      { index: 2, message: "invalid variable template: unmatched '{{' in template" },
    ]);
  });
});

test("the old way to allow everything is refused by name only when it stands alone", () => {
  const none = (): undefined => undefined;
  expect(checkAllowedHosts(["insecure:allow-all"], none)).toEqual([
    {
      index: 0,
      message:
        "'insecure:allow-all' is not allowed - use '*://*:*' instead if you really want to allow all outbound traffic'",
    },
  ]);
  expect(checkAllowedHosts(["insecure:allow-all", "http://a"], none)[0]?.message).toContain(
    "does not contain a scheme",
  );
});

test("service chaining hosts", () => {
  expect(serviceChainingTarget("back-end.spin.internal")).toBe("back-end");
  expect(serviceChainingTarget("back-end.spin.internal:80")).toBe("back-end");
  expect(serviceChainingTarget("a.b.spin.internal")).toBeUndefined();
  expect(serviceChainingTarget(".spin.internal")).toBeUndefined();
  expect(serviceChainingTarget("spin.internal")).toBeUndefined();
  expect(isForServiceChaining("http://a.spin.internal")).toBe(true);
  expect(isForServiceChaining("http://*.spin.internal")).toBe(true);
  expect(isForServiceChaining("http://*")).toBe(false);
  expect(isForServiceChaining("nonsense")).toBe(false);
});

test("a denial tells which line to add", () => {
  const destination = parseDestination("https://api.example:8443/x");
  expect(destination && destinationText(destination)).toBe("https://api.example:8443");
  expect(denialHint("https://api.example:8443")).toBe(
    "Warning: A component tried to make an outbound network connection to disallowed destination 'https://api.example:8443'.\n" +
      `To allow this request, add 'allowed_outbound_hosts = ["https://api.example:8443"]' to the manifest component section.`,
  );
  expect(denialHint("", true)).toBe(
    "Warning: A component tried to make an HTTP request to its own app but it does not have permission.\n" +
      `To allow this request, add 'allowed_outbound_hosts = ["http://self"]' to the manifest component section.`,
  );
});

test.each([
  [["http://self"], true],
  [["*://*:*"], true],
  [["http://a.spin.internal"], true],
  [["http://*.spin.internal:8080"], true],
  [["http://*.play.localhost:5173"], true],
  [["http://a1.play.localhost:5173"], true],
  [["https://example.com", "http://*.example.com", "redis://127.0.0.0/8"], false],
  [[], false],
])("%j may reach the application itself: %s", (list, may) => {
  expect(mayReachItself(parseAllowedHosts(list), "a1.play.localhost:5173")).toBe(may);
});

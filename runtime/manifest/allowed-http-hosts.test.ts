import { expect, test } from "vitest";
import { convertAllowedHttpHosts } from "./allowed-http-hosts.ts";

const entries = (list: string[]): string[] => convertAllowedHttpHosts(list).hosts.map(({ entry }) => entry);

test.each([
  [["example.com"], ["http://example.com", "https://example.com"]],
  [["example.com:8080"], ["http://example.com:8080", "https://example.com:8080"]],
  [["https://example.com/"], ["http://example.com", "https://example.com"]],
  [["self"], ["http://self"]],
  [
    ["a", "insecure:allow-all"],
    ["http://*:*", "https://*:*", "http://self"],
  ],
  [[], []],
])("%j means %j", (list, expected) => {
  expect(entries(list)).toEqual(expected);
});

test.each([
  ["ftp://a.example", "ftp://a.example isn't a valid host or host:port string"],
  ["a.example/b", "a.example/b contains a path, should be host and optional port only"],
  ["a b", "a b isn't a valid host or host:port string"],
])("%s is refused", (entry, line) => {
  const message = `One or more allowed_http_hosts entries was invalid:\n${line}`;
  expect(convertAllowedHttpHosts(["ok.example", entry])).toMatchObject({ faults: [{ index: 1, message }] });
});

import type { HttpMockRule, MockRule, TcpMockRule } from "../protocol.ts";
import { parseEndpoint } from "../manifest/endpoint.ts";
import { type JsonMember, type JsonNode, plainJson } from "./positioned-json.ts";

export interface RuleFault {
  code: string;
  message: string;
  offset: number;
}

/** What is wrong with the value of a member; `undefined` when nothing is. */
type Check = (value: unknown) => string | undefined;

const httpChecks: Readonly<Record<keyof HttpMockRule, Check>> = {
  method: (value) =>
    typeof value === "string" && /^[!#$%&'*+.^_`|~\w-]+$/.test(value)
      ? undefined
      : 'must be an HTTP method, e.g. "GET"; leave it out for any',
  url: faultOfUrl,
  query: (value) => (isTextRecord(value) ? undefined : "must be an object of texts"),
  status: (value) =>
    isInteger(value) && value >= 200 && value <= 599 ? undefined : "must be a whole number from 200 to 599",
  headers: faultOfHeaders,
  body: () => undefined,
  delay: (value) =>
    typeof value === "number" && value >= 0 && value <= 3_600_000
      ? undefined
      : "must be a number of milliseconds, from 0 to 3600000",
};

const tcpChecks: Readonly<Record<keyof TcpMockRule, Check>> = {
  tcp: (value) =>
    typeof value === "string" && parseEndpoint(value) !== undefined
      ? undefined
      : 'must be an IP address with a port, e.g. "127.0.0.1:5000" or "[::1]:5000"',
  echo: (value) => (value === true ? undefined : "must be true: the server sends back what it gets"),
};

/** One element of `mocks.json`, checked. All its faults are found, not just the first. */
export function checkRule(node: JsonNode): { rule: MockRule } | { faults: RuleFault[] } {
  if (node.kind !== "object") {
    return { faults: [{ code: "mocks-invalid", message: "A rule must be an object.", offset: node.offset }] };
  }
  const has = (key: string): boolean => node.members.some((member) => member.key === key);
  const isTcp = has("tcp");
  const faults = node.members.flatMap((member) => checkMember(member, isTcp ? tcpChecks : httpChecks));
  const missing = isTcp ? !has("echo") && 'A rule with "tcp" needs "echo": true.' : !has("url") && neither;
  if (missing !== false) faults.push({ code: "mocks-invalid", message: missing, offset: node.offset });
  if (faults.length > 0) return { faults };

  const rule = plainJson(node) as MockRule;
  if ("tcp" in rule) return { rule };
  if (rule.body !== undefined && [204, 205, 304].includes(rule.status ?? 200)) {
    const offset = node.members.find(({ key }) => key === "body")?.offset ?? node.offset;
    const message = `A response with status ${rule.status} has no body: leave "body" out.`;
    return { faults: [{ code: "mocks-invalid", message, offset }] };
  }
  return { rule };
}

const neither = 'A rule needs a "url", or "tcp" for a TCP server.';

function checkMember({ key, offset, value }: JsonMember, checks: Readonly<Record<string, Check>>): RuleFault[] {
  if (!Object.hasOwn(checks, key)) {
    const known = Object.keys(checks).join(", ");
    return [{ code: "mocks-invalid", message: `A rule has no "${key}"; it may have: ${known}.`, offset }];
  }
  const fault = checks[key]?.(plainJson(value));
  return fault === undefined ? [] : [{ code: "mocks-invalid", message: `"${key}" ${fault}.`, offset: value.offset }];
}

function faultOfUrl(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^(?:https?:\/\/[^/]|\*)/.test(value)) {
    return 'must be an absolute URL, e.g. "https://api.example.com/items/:id"; ":name" and "*" stand for any text';
  }
  if (value.includes("?")) return 'must not have search parameters; put them into "query"';
  if (value.includes("#")) return "must not have a fragment, as a server never sees one";
  // msw takes these for parts of a pattern language that mocks.json does not have.
  const special = /[(){}+\\]/.exec(value)?.[0];
  return special === undefined ? undefined : `must not contain "${special}"; write it percent-encoded`;
}

function faultOfHeaders(value: unknown): string | undefined {
  if (!isTextRecord(value)) return "must be an object of texts";
  for (const [name, text] of Object.entries(value)) {
    try {
      new Headers().append(name, text);
    } catch {
      // The append is the check; its own words differ from browser to browser.
      return `has "${name}", which is not a valid name with a valid value for a header`;
    }
  }
  return undefined;
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === "string")
  );
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

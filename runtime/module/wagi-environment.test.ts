import { describe, expect, it } from "vitest";
import { wagiArguments, wagiEnvironment } from "./wagi-environment.ts";

const utf8 = new TextEncoder();

/** The variables of a request with these headers, Spin's own among them. */
function environment(headers: [string, string | Uint8Array][], pathWithQuery = "/base/x?q"): Record<string, string> {
  const entries = headers.map(([name, value]): [string, Uint8Array] => [
    name,
    typeof value === "string" ? utf8.encode(value) : value,
  ]);
  return Object.fromEntries(wagiEnvironment({ method: "GET", pathWithQuery, headers: entries, contentLength: 0 }));
}

describe("arguments", () => {
  it.each([
    ["${SCRIPT_NAME} ${ARGS}", "/a%20b?x=1&y=2", ["/a%20b", "x=1", "y=2"]],
    ["${SCRIPT_NAME} ${ARGS}", "/a", ["/a", ""]],
    ["${SCRIPT_NAME} ${ARGS}", "/a?x+y&&z", ["/a", "x+y", "", "z"]],
    ["test ${ARGS} ${ARGS}", "/a?$&=$1", ["test", "$", "=$1", "$", "=$1"]],
    ["one  two", "/a?b", ["one", "", "two"]],
    ["${ARGS}", "/a?b?c", ["b?c"]],
  ])("of %j for %s", (template, path, expected) => {
    expect(wagiArguments(template, path)).toEqual(expected);
  });
});

describe("variables", () => {
  it("have what the client sent under its name, the last of several", () => {
    const { HTTP_X_A, HTTP_ACCEPT, HTTP_COOKIE } = environment([
      ["x-a", "1"],
      ["x-a", "2"],
      ["accept", "*/*"],
    ]);
    expect([HTTP_X_A, HTTP_ACCEPT, HTTP_COOKIE]).toEqual(["2", "*/*", undefined]);
  });

  it("leave out what must not be passed on, and say what is no text", () => {
    const variables = environment([
      ["authorization", "secret"],
      ["connection", "close"],
      ["x-bytes", Uint8Array.of(0xe4)],
    ]);
    expect(Object.values(variables)).not.toContain("secret");
    expect(variables).not.toHaveProperty("HTTP_CONNECTION");
    expect(variables["HTTP_X_BYTES"]).toBe("CORRUPT VALUE");
  });

  it("have the content type only of a header of that very name", () => {
    expect(environment([["content-type", "a"]])).toMatchObject({ CONTENT_TYPE: "", HTTP_CONTENT_TYPE: "a" });
    expect(environment([["content_type", "b"]])).toMatchObject({ CONTENT_TYPE: "b", HTTP_CONTENT_TYPE: "b" });
  });

  it.each([
    ["app.test:8080", "app.test", "8080"],
    ["app.test", "app.test", "80"],
    ["", "default_host", "80"],
    [":99", "default_host", "99"],
  ])("name the server of the host %j", (host, name, port) => {
    expect(environment([["host", host]])).toMatchObject({ SERVER_NAME: name, SERVER_PORT: port });
  });

  it("name the default where there is no host, as in a chained request", () => {
    expect(environment([])).toMatchObject({ SERVER_NAME: "default_host", SERVER_PORT: "80", REMOTE_ADDR: "" });
  });

  it.each([
    ["127.0.0.1:5", "127.0.0.1"],
    ["[::1]:5", "::1"],
  ])("have the client's address %s without its port", (given, address) => {
    expect(environment([["spin-client-addr", given]])).toMatchObject({
      X_CLIENT_ADDR: given,
      REMOTE_ADDR: address,
      REMOTE_HOST: address,
    });
  });

  it.each([
    ["/a%20b", "/a b"],
    ["/%C3%A4", "/ä"],
    ["/%zz%4", "/%zz%4"],
    ["/%ff", "/\ufffd"],
  ])("decode the path %s for one of them alone", (raw, decoded) => {
    expect(environment([["spin-path-info", raw]])).toMatchObject({
      PATH_INFO: raw,
      X_RAW_PATH_INFO: raw,
      PATH_TRANSLATED: decoded,
    });
  });

  it("have the segments of the route, and no client's header in their place", () => {
    const variables = environment([
      ["spin-path-match-user-id", "7"],
      ["x-path-match-user-id", "8"],
      ["spin-matched-route", "/base/:user-id/..."],
      ["constructor", "own"],
    ]);
    expect(variables).toMatchObject({
      X_PATH_MATCH_USER_ID: "7",
      HTTP_X_PATH_MATCH_USER_ID: "8",
      SCRIPT_NAME: "/base/:user-id",
      HTTP_CONSTRUCTOR: "own",
    });
  });
});

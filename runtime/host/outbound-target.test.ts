import { describe, expect, it } from "vitest";
import { parseAllowedHosts } from "../manifest/allowed-hosts.ts";
import { resolveTarget } from "./outbound-target.ts";

const own = "http://a1.play.localhost:5173";
const resolve = (url: string, ...entries: string[]) => resolveTarget(url, parseAllowedHosts(entries), own);

describe("the target of an outbound request", () => {
  it("is the network for a host that is allowed", () => {
    const url = new URL("https://api.example.com/x?y=1");
    expect(resolve(url.href, "https://api.example.com")).toEqual({ target: { kind: "network", url } });
  });

  it("is denied, with the line to add, for one that is not", () => {
    expect(resolve("https://api.example.com:8443/x?secret=1", "https://api.example.com")).toEqual({
      denied: {
        destination: "https://api.example.com:8443",
        hint: expect.stringContaining(`allowed_outbound_hosts = ["https://api.example.com:8443"]`) as string,
      },
    });
  });

  it.each(["/path?q=1", "http://self/path?q=1", "http://self.alt/path?q=1"])("is the application for %s", (url) => {
    const inside = { target: { kind: "self", url: new URL("/path?q=1", own) } };
    expect(resolve(url, "http://self")).toEqual(inside);
    expect(resolve(url, "http://*:*")).toEqual(inside);
    expect(resolve(url, "https://api.example.com")).toMatchObject({
      denied: { destination: "self", hint: expect.stringContaining("http://self") as string },
    });
  });

  it("is the application for its own origin, by an entry for the host or for self", () => {
    const inside = { target: { kind: "self", url: new URL(`${own}/x`) } };
    expect(resolve(`${own}/x`, own)).toEqual(inside);
    expect(resolve(`${own}/x`, "http://self")).toEqual(inside);
    expect(resolve(`${own}/x`)).toHaveProperty("denied");
  });

  it("is one component for service chaining", () => {
    const url = "http://worker.spin.internal/x";
    expect(resolve(url, "http://worker.spin.internal")).toEqual({
      target: { kind: "component", id: "worker", url: new URL(url) },
    });
    expect(resolve(url, "http://other.spin.internal")).toHaveProperty("denied");
  });

  it.each(["http://", "ftp://example.com/", "https://user:secret@example.com/"])("is none for %s", (url) => {
    expect(resolve(url, "*://*:*")).toHaveProperty("invalid");
  });
});

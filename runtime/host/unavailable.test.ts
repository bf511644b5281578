import { describe, expect, it } from "vitest";
import { parseAllowedHosts } from "../manifest/allowed-hosts.ts";
import { fermyonSpinUnavailable, unavailableSpinInterfaces } from "./fermyon-spin-unavailable.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";
import { unavailableInterface } from "./unavailable.ts";

type AnyInterface = Record<string, (() => unknown) & Record<string, () => unknown> & (new () => object)>;

const refusal = (member: string) =>
  expect.objectContaining({
    code: "host-interface-unavailable",
    message: expect.stringContaining(`called ${member} of the host interface acme:db/client@1.0.0`) as string,
  }) as Error;

describe("an unavailable interface", () => {
  const made = unavailableInterface("acme:db/client@1.0.0") as AnyInterface;
  const { query, Connection } = made;

  it("has everything that glue takes out of it, the same each time", () => {
    expect(query).toBeDefined();
    expect(made["query"]).toBe(query);
    expect("query" in made).toBe(true);
  });

  it("fails by name when a function, constructor, static method or method is called", () => {
    if (query === undefined || Connection === undefined) return expect.fail("not linked");
    expect(() => query()).toThrow(refusal("query"));
    expect(() => new Connection()).toThrow(refusal("Connection"));
    expect(() => Connection["open"]?.()).toThrow(refusal("Connection.open"));
    // jco makes the objects of handles it does not know from the prototype.
    const handle = Object.create(Connection.prototype as object) as Record<string, () => unknown>;
    expect(() => handle["execute"]?.()).toThrow(refusal("Connection.execute"));
    return undefined;
  });

  it("can be asked what is an instance of it", () => {
    expect({} instanceof (Connection as unknown as new () => object)).toBe(false);
    expect(Object.create((Connection as unknown as { prototype: object }).prototype)).toBeInstanceOf(Connection);
  });

  it("can be awaited and looked at without being called", async () => {
    expect(await Promise.resolve(made)).toBe(made);
    expect(await Promise.resolve(Connection)).toBe(Connection);
    expect(Connection?.[Symbol.for("cabiDispose") as unknown as string]).toBeUndefined();
  });
});

describe("the interfaces of fermyon:spin without a back end", () => {
  type Interfaces = Record<string, { Connection: { open(address: string): unknown } }>;
  const metadata = { ai_models: ["llama2-chat"] };
  const hosts = parseAllowedHosts(["mysql://db"]);

  it.each([["mysql", "mysql://user:pa#ss@db/name", "other"]])(
    "%s that is permitted (%s) refuses with its own error and says so on stderr",
    async (name, address, tag) => {
      const context = spinTestContext({ metadata, hosts });
      const interfaces = fermyonSpinUnavailable(context) as Interfaces;
      const val =
        `The component called connection.open of the host interface fermyon:spin/${name}@2.0.0, which the playground does not ` +
        `have yet.${name === "mysql" ? " There is no MySQL that runs in a browser." : ""} Native Spin has it: the same application works there.`;
      expect(await witErrorOf(() => interfaces[name]?.Connection.open(address))).toEqual({ tag, val });
      expect(context.logged).toEqual({ stdout: "", stderr: `${val}\n` });
    },
  );

  it.each([
    ["mysql", "mysql://u:p@other/x", { tag: "connection-failed", val: "address mysql://u:p@other/x is not permitted" }],
  ])("%s that is not permitted (%s) is denied as in Spin", async (name, address, denial) => {
    const context = spinTestContext({ metadata, hosts });
    const interfaces = fermyonSpinUnavailable(context) as Interfaces;
    expect(await witErrorOf(() => interfaces[name]?.Connection.open(address))).toEqual(denial);
    expect(context.notices.join()).toMatch(/To allow this request, add 'allowed_outbound_hosts/);
  });

  it("llm denies a model that the manifest does not name", async () => {
    const { llm } = fermyonSpinUnavailable(spinTestContext({ metadata }));
    const { infer, generateEmbeddings } = llm as Record<string, (model: string) => unknown>;
    const denial = {
      tag: "invalid-input",
      val: "The component does not have access to use 'm'. To give the component access, add 'm' to the 'ai_models' key for the component in your spin.toml manifest",
    };
    expect(await witErrorOf(() => infer?.("m"))).toEqual(denial);
    expect(await witErrorOf(() => generateEmbeddings?.("m"))).toEqual(denial);
  });

  it("llm refuses in Spin's words, and says on stderr why", async () => {
    const context = spinTestContext({ metadata });
    const { llm } = fermyonSpinUnavailable(context);
    const { infer, generateEmbeddings } = llm as Record<string, (model: string) => unknown>;
    const refusal = {
      tag: "runtime-error",
      val: "Local LLM operations are not supported in this version of Spin.",
    };
    expect(await witErrorOf(() => infer?.("llama2-chat"))).toEqual(refusal);
    expect(await witErrorOf(() => generateEmbeddings?.("llama2-chat"))).toEqual(refusal);
    expect(context.logged.stderr).toContain("generate-embeddings of the host interface fermyon:spin/llm@2.0.0");
  });

  it("covers the list that the registry links", () => {
    expect(Object.keys(fermyonSpinUnavailable(spinTestContext())).sort()).toEqual(
      [...unavailableSpinInterfaces].sort(),
    );
  });
});

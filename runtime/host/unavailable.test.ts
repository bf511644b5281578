import { describe, expect, it } from "vitest";
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
  const ways: Record<string, [member: string, tag: string]> = {
    sqlite: ["connection.open", "io"],
    redis: ["connection.open", "other"],
    mqtt: ["connection.open", "other"],
    mysql: ["connection.open", "other"],
    postgres: ["connection.open", "other"],
  };

  it.each(Object.entries(ways))("%s refuses with its own error and says so on stderr", async (name, [member, tag]) => {
    const context = spinTestContext();
    const interfaces = fermyonSpinUnavailable(context) as Record<string, { Connection: { open(): unknown } }>;
    const val =
      `The component called ${member} of the host interface fermyon:spin/${name}@2.0.0, which the playground does not ` +
      "have yet. Native Spin has it: the same application works there.";
    expect(await witErrorOf(() => interfaces[name]?.Connection.open())).toEqual({ tag, val });
    expect(context.logged).toEqual({ stdout: "", stderr: `${val}\n` });
  });

  it("llm refuses with runtime-error", async () => {
    const { llm } = fermyonSpinUnavailable(spinTestContext());
    const { infer, generateEmbeddings } = llm as Record<string, () => unknown>;
    expect(await witErrorOf(() => infer?.())).toMatchObject({ tag: "runtime-error" });
    expect(await witErrorOf(() => generateEmbeddings?.())).toMatchObject({
      tag: "runtime-error",
      val: expect.stringContaining("generate-embeddings of the host interface fermyon:spin/llm@2.0.0") as string,
    });
  });

  it("covers the list that the registry links", () => {
    expect(Object.keys(fermyonSpinUnavailable(spinTestContext())).sort()).toEqual(
      [...unavailableSpinInterfaces].sort(),
    );
  });
});

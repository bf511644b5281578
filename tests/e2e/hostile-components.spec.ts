import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { buildGuest, guestProject } from "../guests/build-guest.ts";
import { expect, test } from "./workbench.ts";

/** An interface without functions, so that the component passes for one that answers HTTP requests. */
const handler = '(instance $none) (export "wasi:http/incoming-handler@0.2.0" (instance $none))';
const statement = "x'];globalThis.injectedByTest=true;['y";

test("a hostile component is refused, the application runs on, and the next component is taken", async ({ studio }) => {
  const hostile = {
    injection: await parse(`(component ${handler}
      (core module $m (func (export "${statement}"))) (core instance $i (instantiate $m))
      (func $f (canon lift (core func $i "${statement}"))) (export "run" (func $f)))`),
    // The generator traps at a function with the name of an interface, and takes nothing after that.
    trap: await parse(`(component ${handler} (import "a:b/c@1.0.0" (func)))`),
    cut: (await buildGuest("echo")).slice(0, 1000),
    empty: new Uint8Array(),
  };
  const files = Object.entries(await guestProject("tiny")).map(([path, content]) => {
    return [path, typeof content === "string" ? content : [...content]] as const;
  });
  await studio.evaluate(async (sent) => {
    const given = sent.map(([path, content]) => {
      return [path, typeof content === "string" ? content : Uint8Array.from(content)];
    });
    await playground.open(Object.fromEntries(given) as Record<string, string | Uint8Array>);
    await playground.up();
  }, files);
  const write = (bytes: Uint8Array, path = "/") =>
    studio.evaluate(
      async ([content, asked]) => {
        await playground.write("app.wasm", Uint8Array.from(content));
        const { running, diagnostics } = await playground.settled();
        const response = await playground.request(asked, { method: "POST", body: "sent" });
        return { running, said: diagnostics.map(({ message }) => message).join(), answer: await response.text() };
      },
      [[...bytes], path] as const,
    );
  const { answer } = await write(await buildGuest("tiny"));
  const expected = {
    injection: String.raw`"x'];globalThis.injectedByTest=true;['y"`,
    trap: "No glue could be made for this component",
    cut: "ends in the middle",
    empty: "an empty file",
  };
  for (const kind of ["injection", "trap", "cut", "empty"] as const) {
    expect(await write(hostile[kind]), kind).toEqual({
      running: true,
      said: expect.stringContaining(expected[kind]),
      answer,
    });
  }
  expect(await write(await buildGuest("echo"))).toEqual({ running: true, said: "", answer: "sent" });
});

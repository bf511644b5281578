import { expect, test } from "../workbench.ts";
import { listener, project } from "../projects.ts";
import { run, runGuest } from "./running.ts";

/** Bodies in both directions, long ones and slow ones. */

for (const path of ["/", "/splice"]) {
  test(`5 MB go through a guest and back at ${path}`, async ({ studio, context }) => {
    const { page } = await runGuest(studio, context, "echo");
    const same = await page.evaluate(async (target) => {
      const sent = new Uint8Array(5 * 1024 * 1024);
      for (let at = 0; at < sent.length; at += 65_536) crypto.getRandomValues(sent.subarray(at, at + 65_536));
      const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
        new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).join();
      const response = await fetch(target, { method: "POST", body: sent });
      const received = new Uint8Array(await response.arrayBuffer());
      return { length: received.length, same: (await digest(received)) === (await digest(sent)) };
    }, path);
    expect(same).toEqual({ length: 5 * 1024 * 1024, same: true });
  });
}

test("a guest does not run ahead of a slow reader", async ({ studio, context }) => {
  const chunks = 200;
  const source = listener(
    `
  if (url.pathname !== "/read-slowly") return new Response("another");
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      Kv.openDefault().set("sent", String(sent));
      controller.enqueue(new Uint8Array(65_536).fill(sent));
      if (sent === ${chunks}) controller.close();
    },
  });
  return new Response(body);`,
    `import * as Kv from "@spinframework/spin-kv";`,
  );
  await run(studio, context, project(source, { component: `key_value_stores = ["default"]` }));
  const sent = (): Promise<number> =>
    studio.evaluate(async () => Number(new TextDecoder().decode(await playground.keyValue().get("sent"))));

  // By direct dispatch: of what comes through the service worker Chromium itself takes some 58 MB ahead of the page.
  const reader = await studio.evaluateHandle(async () => {
    const response = await playground.request("/read-slowly");
    if (!response.body) throw new Error("no body");
    const body = response.body.getReader();
    return { body, first: (await body.read()).value?.length ?? 0 };
  });
  // The guest writes until every buffer on the way is full, and then waits: the count stays what it is.
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = await sent();
        const stands = now === before;
        before = now;
        return stands;
      },
      { intervals: [500] },
    )
    .toBe(true);
  // The credit of a caller is 256 KiB, and the pipe of a guest 64 KiB.
  expect(before).toBeLessThan(20);
  const rest = await reader.evaluate(async ({ body, first }) => {
    let bytes = first;
    for (let part = await body.read(); !part.done; part = await body.read()) bytes += part.value.length;
    return bytes;
  });
  expect(await sent()).toBe(chunks);
  expect(rest).toBe(chunks * 65_536);
});

test("a slow writer's bytes arrive as they are written", async ({ studio, context }) => {
  const { page } = await runGuest(studio, context, "stream");
  const { chunks, text } = await page.evaluate(async () => {
    const read = { chunks: 0, text: "" };
    for await (const chunk of (await fetch("/chunks/4/100")).body?.pipeThrough(new TextDecoderStream()) ?? []) {
      read.chunks += 1;
      read.text += chunk;
    }
    return read;
  });
  // A page that is late gets several at once; at the end alone it would be one.
  expect(chunks).toBeGreaterThan(1);
  const written = text.trim().split("\n").map(Number);
  expect(written).toHaveLength(4);
  for (const [index, time] of written.entries()) expect(time).toBeGreaterThan(written[index - 1] ?? 0);
});

test("a request body that is sent slowly reaches the guest as it comes", async ({ studio, context }) => {
  const { page } = await runGuest(studio, context, "echo");
  const texts = await page.evaluate(async () => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    const say = (text: string): void => controller?.enqueue(new TextEncoder().encode(text));
    say("one");
    const response = await fetch("/", { method: "POST", body, duplex: "half" } as RequestInit);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const heard: (string | undefined)[] = [];
    // Each word is sent when the one before has come back.
    heard.push((await reader?.read())?.value);
    say("two");
    heard.push((await reader?.read())?.value);
    controller?.close();
    heard.push((await reader?.read())?.value);
    return heard;
  });
  expect(texts).toEqual(["one", "two", undefined]);
});

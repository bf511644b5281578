import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { Ask } from "../load.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { nodeClient } from "./node-client.ts";

const root = join(import.meta.dirname, "../..");

export interface Peer {
  url: string;
  /** By Node's plain HTTP client. */
  ask: Ask;
}

/** The version of jco that serves. */
export async function jcoVersion(): Promise<string> {
  const manifest = await readFile(join(root, "node_modules/@bytecodealliance/jco/package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Calls with a component served by `jco serve` in a Node of its own, with an instance for each request. */
export async function withJcoServe<T>(component: Uint8Array, use: (peer: Peer) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, "component.wasm");
    await writeFile(file, component);
    const port = await freePort();
    // A group of its own: jco starts the server as a child, which would outlive it.
    const jco = spawn(
      process.execPath,
      [
        join(root, "node_modules/@bytecodealliance/jco/dist/jco.js"),
        "serve",
        file,
        "--isolate-requests=instance",
        `--jco-import=${join(import.meta.dirname, "spin-interfaces.mjs")}`,
        "--host=127.0.0.1",
        `--port=${port}`,
      ],
      { stdio: ["ignore", "pipe", "pipe"], detached: true },
    );
    const ended = new Promise<void>((resolve) => jco.once("exit", () => resolve()));
    const kill = (): void => {
      if (jco.pid !== undefined && jco.exitCode === null && jco.signalCode === null) process.kill(-jco.pid, "SIGKILL");
    };
    // The bench may be broken off.
    process.once("exit", kill);
    const client = nodeClient(port);
    try {
      await listening(jco, ended);
      return await use({ url: `http://127.0.0.1:${port}/`, ask: client.ask });
    } finally {
      process.off("exit", kill);
      client.close();
      kill();
      await ended;
    }
  });
}

async function listening(jco: ReturnType<typeof spawn>, ended: Promise<void>): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (text: Buffer): void => {
      said += String(text);
      if (said.includes("Server listening")) resolve();
    };
    jco.stdout?.on("data", listen);
    jco.stderr?.on("data", listen);
    jco.once("error", reject);
    void ended.then(() => reject(new Error(`jco serve ended: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

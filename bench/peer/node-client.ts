import { Agent, request } from "node:http";
import type { Ask } from "../load.ts";

/** Asks a server of this machine over kept connections, by Node's plain HTTP client. */
export function nodeClient(port: number): { ask: Ask; close(): void } {
  const agent = new Agent({ keepAlive: true });
  return {
    ask: (path) =>
      new Promise((resolve, reject) => {
        const sent = request({ agent, host: "127.0.0.1", port, path }, (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => (text += part));
          response.on("error", reject);
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        });
        sent.on("error", reject);
        sent.end();
      }),
    close: () => agent.destroy(),
  };
}

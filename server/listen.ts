import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  port: number;
  /** One server for each loopback address that this machine has. */
  servers: Server[];
  close(): Promise<void>;
}

/**
 * Bytes of a request's header. Cookies of an application that its pages may see are the browser's own, so it sends them
 * here too: 180 of 4096 bytes at most, for the application's host and once more for the studio's above it.
 */
const maxHeaderSize = 2 * 1024 * 1024;

/** The port is in use by another program. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
  constructor(readonly port: number) {
    super(`Port ${port} is taken; choose another one with the environment variable PORT (0 takes any free one).`);
  }
}

/**
 * Listens on 127.0.0.1 and [::1], since browsers resolve `*.localhost` to either. Nothing beyond this machine can reach it.
 *
 * @param port 0 takes a free one
 * @throws PortTakenError
 */
export async function listenOnLoopback(handler: RequestListener, port: number): Promise<Listening> {
  const ipv4 = createServer({ maxHeaderSize }, handler);
  const actualPort = await listen(ipv4, port, "127.0.0.1");
  const servers = [ipv4];
  const ipv6 = createServer({ maxHeaderSize }, handler);
  try {
    await listen(ipv6, actualPort, "::1");
    servers.push(ipv6);
  } catch (error) {
    // A machine without IPv6 is served over IPv4 alone.
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "EADDRNOTAVAIL" && code !== "EAFNOSUPPORT") {
      await close(ipv4);
      if (port === 0 && error instanceof PortTakenError) return listenOnLoopback(handler, 0);
      throw error;
    }
  }
  return {
    port: actualPort,
    servers,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

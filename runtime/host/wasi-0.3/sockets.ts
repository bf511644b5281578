import type { InstanceContext } from "../context.ts";
import type { HostInterfaces } from "../host-interface.ts";
import { camelCase } from "../refusing-resource.ts";
import { addressText, denyNetwork, type IpSocketAddress } from "../wasi-sockets-denial.ts";
import { type IpAddressFamily, TcpSocket } from "../wasi-sockets-tcp.ts";
import { UdpSocket } from "../wasi-sockets-udp.ts";
import { WitError } from "../wit-error.ts";
import { wasi03Facts } from "./facts.ts";
import { asVariant } from "./variant-errors.ts";

/** What the sockets of 0.3 do in the place of those of 0.2: no step has a start and a finish, and none is allowed. */
interface Denials {
  [method: string]: (context: InstanceContext, ...args: never[]) => never;
}

const invalidState = (): never => {
  throw new WitError({ tag: "invalid-state" });
};
const deny = (context: InstanceContext, attempt: string): never =>
  asVariant(() => {
    throw denyNetwork(context, attempt);
  });

const tcp: Denials = {
  bind: (context, address: IpSocketAddress) => deny(context, `listen for TCP connections on ${addressText(address)}`),
  connect: (context, address: IpSocketAddress) => deny(context, `open a TCP connection to ${addressText(address)}`),
  listen: invalidState,
  send: invalidState,
  receive: invalidState,
};

const udp: Denials = {
  bind: (context, address: IpSocketAddress) => deny(context, `receive UDP datagrams on ${addressText(address)}`),
  connect: (context, address: IpSocketAddress) => deny(context, `send UDP datagrams to ${addressText(address)}`),
  disconnect: invalidState,
  send: (context) => deny(context, "send a UDP datagram"),
  receive: invalidState,
};

/** The options of a socket are those of 0.2, where a getter has no `get` before its name. */
function socketClass(resource: string, context: InstanceContext, Inner: typeof TcpSocket | typeof UdpSocket): object {
  const denials = resource === "tcp-socket" ? tcp : udp;
  class Socket {
    readonly inner: object;

    constructor(family: IpAddressFamily) {
      this.inner = new Inner(context, family);
    }

    static create(family: IpAddressFamily): Socket {
      return new Socket(family);
    }
  }
  const { immediate = [], asynchronous = [] } = wasi03Facts["wasi:sockets/types@0.3"] ?? {};
  const prefix = `[method]${resource}.`;
  for (const fact of [...immediate, ...asynchronous].filter((name) => name.startsWith(prefix))) {
    const name = fact.slice(prefix.length);
    const denial = denials[name];
    Object.defineProperty(Socket.prototype, camelCase(name), {
      value(this: Socket, ...args: never[]): unknown {
        if (denial) return denial(context, ...args);
        const inner = this.inner as Record<string, (...given: unknown[]) => unknown>;
        return asVariant(() => inner[camelCase(name.replace(/^get-/, ""))]?.(...args));
      },
    });
  }
  return Socket;
}

/** `wasi:sockets` of 0.3, as `wasiSockets` has it. */
export const wasiSockets03: HostInterfaces = {
  "wasi:sockets/types@0.3": (context) => ({
    TcpSocket: socketClass("tcp-socket", context, TcpSocket),
    UdpSocket: socketClass("udp-socket", context, UdpSocket),
  }),
  "wasi:sockets/ip-name-lookup@0.3": (context) => ({
    resolveAddresses: (name: string): never =>
      asVariant(() => {
        throw denyNetwork(context, `look up the address of ${name}`, "permanent-resolver-failure");
      }),
  }),
};

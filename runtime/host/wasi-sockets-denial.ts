import type { InstanceContext } from "./context.ts";
import { WitError } from "./wit-error.ts";

/** Cases of `wasi:sockets/network.error-code` that this host answers with. */
export type NetworkErrorCode =
  | "access-denied"
  | "concurrency-conflict"
  | "invalid-argument"
  | "invalid-state"
  | "not-in-progress"
  | "permanent-resolver-failure";

/** `wasi:sockets/network.ip-socket-address`. */
export type IpSocketAddress =
  | { tag: "ipv4"; val: { port: number; address: number[] } }
  | { tag: "ipv6"; val: { port: number; flowInfo: number; address: number[]; scopeId: number } };

export function networkError(code: NetworkErrorCode): WitError<NetworkErrorCode> {
  return new WitError(code);
}

/** Instances whose person was told. */
const told = new WeakSet<InstanceContext>();

/**
 * The answer to each way out: as native Spin gives it for what `allowed_outbound_hosts` does not permit. The person is told
 * once in a request that it is the browser which has no sockets; `attempt` says what the guest wanted.
 */
export function denyNetwork(
  context: InstanceContext,
  attempt: string,
  code: NetworkErrorCode = "access-denied",
): WitError<NetworkErrorCode> {
  if (!told.has(context)) {
    told.add(context);
    context.notice(
      `The component wanted to ${attempt}, which was refused (${code}): a browser has no sockets, whatever ` +
        "allowed_outbound_hosts permits. HTTP goes through wasi:http, and mocks.json can play a TCP server " +
        '({ "tcp": "127.0.0.1:5000", "echo": true }); for anything else run the application with native Spin.',
    );
  }
  return networkError(code);
}

/** `1.2.3.4:80`, `[2001:db8:0:0:0:0:0:1]:80`. */
export function addressText({ tag, val: { address, port } }: IpSocketAddress): string {
  if (tag === "ipv4") return `${address.join(".")}:${port}`;
  return `[${address.map((part) => part.toString(16)).join(":")}]:${port}`;
}

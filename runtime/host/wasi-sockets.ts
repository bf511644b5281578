import type { HostInterfaces } from "./host-interface.ts";
import { refusingResource } from "./refusing-resource.ts";
import { WitError } from "./wit-error.ts";

/** Cases of `wasi:sockets/network.error-code` that this host answers with. */
type NetworkErrorCode = "not-supported" | "permanent-resolver-failure";

function refuse(code: NetworkErrorCode): () => never {
  return () => {
    throw new WitError(code);
  };
}

const Network = refusingResource("wasi:sockets/network@0.2", "network", "not-supported");
const network = { Network, networkErrorCode: () => undefined };
const instanceNetwork = { instanceNetwork: () => new Network() };
const nameLookup = {
  // Wasmtime's answer to a guest that may not look up names.
  resolveAddresses: refuse("permanent-resolver-failure"),
  ResolveAddressStream: refusingResource("wasi:sockets/ip-name-lookup@0.2", "resolve-address-stream", "not-supported"),
};
const tcp = { TcpSocket: refusingResource("wasi:sockets/tcp@0.2", "tcp-socket", "not-supported") };
const udp = {
  UdpSocket: refusingResource("wasi:sockets/udp@0.2", "udp-socket", "not-supported"),
  IncomingDatagramStream: refusingResource("wasi:sockets/udp@0.2", "incoming-datagram-stream", "not-supported"),
  OutgoingDatagramStream: refusingResource("wasi:sockets/udp@0.2", "outgoing-datagram-stream", "not-supported"),
};
const createTcpSocket = { createTcpSocket: refuse("not-supported") };
const createUdpSocket = { createUdpSocket: refuse("not-supported") };

/**
 * `wasi:sockets`, which a browser cannot serve: a page has no sockets, whatever `allowed_outbound_hosts` says. Everything
 * can be linked, and each way in answers with a typed error code.
 */
export const wasiSockets: HostInterfaces = {
  "wasi:sockets/network@0.2": () => network,
  "wasi:sockets/instance-network@0.2": () => instanceNetwork,
  "wasi:sockets/ip-name-lookup@0.2": () => nameLookup,
  "wasi:sockets/tcp@0.2": () => tcp,
  "wasi:sockets/tcp-create-socket@0.2": () => createTcpSocket,
  "wasi:sockets/udp@0.2": () => udp,
  "wasi:sockets/udp-create-socket@0.2": () => createUdpSocket,
};

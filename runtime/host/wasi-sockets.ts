import type { InstanceContext } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { refusingResource } from "./refusing-resource.ts";
import { denyNetwork } from "./wasi-sockets-denial.ts";
import { type IpAddressFamily, TcpSocket } from "./wasi-sockets-tcp.ts";
import { UdpSocket } from "./wasi-sockets-udp.ts";

/** `wasi:sockets/network.network`: the right to use the network, which is checked with each use. */
class Network {
  /** Its WIT name, for people who look at it. */
  readonly resource = "network";
}

/** Made by `udp-socket.stream` and `resolve-addresses`, which never succeed. */
const IncomingDatagramStream = refusingResource("wasi:sockets/udp@0.2", "incoming-datagram-stream", "invalid-state");
const OutgoingDatagramStream = refusingResource("wasi:sockets/udp@0.2", "outgoing-datagram-stream", "invalid-state");
const ResolveAddressStream = refusingResource(
  "wasi:sockets/ip-name-lookup@0.2",
  "resolve-address-stream",
  "invalid-state",
);

const network = { Network, networkErrorCode: () => undefined };
const instanceNetwork = { instanceNetwork: () => new Network() };

/** Spin lets no component look up names: this is Wasmtime's answer. */
function resolveAddresses(context: InstanceContext, name: string): never {
  throw denyNetwork(context, `look up the address of ${name}`, "permanent-resolver-failure");
}

/**
 * `wasi:sockets`, as native Spin has it for a component whose `allowed_outbound_hosts` permits nothing: sockets can be made,
 * and have options; binding, connecting and looking up names are denied. A browser has no sockets to give.
 */
export const wasiSockets: HostInterfaces = {
  "wasi:sockets/network@0.2": () => network,
  "wasi:sockets/instance-network@0.2": () => instanceNetwork,
  "wasi:sockets/ip-name-lookup@0.2": (context) => ({
    resolveAddresses: (_network: Network, name: string) => resolveAddresses(context, name),
    ResolveAddressStream,
  }),
  "wasi:sockets/tcp@0.2": () => ({ TcpSocket }),
  "wasi:sockets/tcp-create-socket@0.2": (context) => ({
    createTcpSocket: (family: IpAddressFamily) => new TcpSocket(context, family),
  }),
  "wasi:sockets/udp@0.2": () => ({ UdpSocket, IncomingDatagramStream, OutgoingDatagramStream }),
  "wasi:sockets/udp-create-socket@0.2": (context) => ({
    createUdpSocket: (family: IpAddressFamily) => new UdpSocket(context, family),
  }),
};

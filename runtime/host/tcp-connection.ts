import { allows, denialHint, destinationText } from "../manifest/allowed-hosts.ts";
import { parseEndpoint } from "../manifest/endpoint.ts";
import type { ByteSource } from "./byte-stream.ts";
import type { InstanceContext } from "./context.ts";
import { type ByteSink, createPipe } from "./pipe.ts";
import { addressText, denyNetwork, type IpSocketAddress, networkError } from "./wasi-sockets-denial.ts";

/** Both directions of a connection, as the guest has them. */
export interface TcpConnection {
  sent: ByteSink;
  received: ByteSource;
}

/**
 * A connection to a TCP server that `mocks.json` plays, if `allowed_outbound_hosts` permits the address (Spin asks for it with
 * the scheme `tcp`). Anything else fails with `access-denied`: a browser has no sockets.
 */
export function connectTcp(context: InstanceContext, address: IpSocketAddress): TcpConnection {
  const endpoint = parseEndpoint(addressText(address));
  if (endpoint === undefined || !context.tcpServers.has(endpoint)) {
    throw denyNetwork(context, `open a TCP connection to ${addressText(address)}`);
  }
  const colon = endpoint.lastIndexOf(":");
  const destination = { scheme: "tcp", host: endpoint.slice(0, colon), port: Number(endpoint.slice(colon + 1)) };
  if (!allows(destination, context.hosts)) {
    context.notice(denialHint(destinationText(destination)));
    throw networkError("access-denied");
  }
  // The server sends back what it gets: the one end of a pipe is its input, the other its output.
  const { sink, source } = createPipe();
  return { sent: sink, received: source };
}

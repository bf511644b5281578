import { describe, expect, it } from "vitest";
import { outcome, type TestContext, testContext } from "./context-for-tests.ts";
import type { IpSocketAddress } from "./wasi-sockets-denial.ts";
import type { TcpSocket } from "./wasi-sockets-tcp.ts";
import type { UdpSocket } from "./wasi-sockets-udp.ts";
import { wasiSockets } from "./wasi-sockets.ts";

type Functions = Record<string, (...given: unknown[]) => unknown>;
const members = (name: string, context: TestContext): Functions =>
  wasiSockets[`wasi:sockets/${name}@0.2`]?.(context) as Functions;

function start() {
  const context = testContext();
  const make = (name: string, family: string): unknown =>
    members(`${name}-create-socket`, context)[`create${name === "tcp" ? "Tcp" : "Udp"}Socket`]?.(family);
  return {
    context,
    network: members("instance-network", context)["instanceNetwork"]?.() as object,
    tcp: make("tcp", "ipv4") as TcpSocket,
    udp: make("udp", "ipv6") as UdpSocket,
  };
}

const ipv4: IpSocketAddress = { tag: "ipv4", val: { port: 5432, address: [10, 0, 0, 1] } };
const ipv6: IpSocketAddress = { tag: "ipv6", val: { port: 53, address: [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1] } };
const err = (code: string) => ({ err: code });

describe("sockets", () => {
  it("can be made, of the classes that the glue knows", () => {
    const { context, tcp, udp, network } = start();
    expect(tcp).toBeInstanceOf(members("tcp", context)["TcpSocket"]);
    expect(udp).toBeInstanceOf(members("udp", context)["UdpSocket"]);
    expect(network).toBeInstanceOf(members("network", context)["Network"]);
    expect([tcp.addressFamily(), udp.addressFamily(), tcp.isListening()]).toEqual(["ipv4", "ipv6", false]);
    expect([tcp.subscribe().ready(), udp.subscribe().ready()]).toEqual([true, true]);
    expect(context.notices).toEqual([]);
  });

  it.each<[string, (parts: ReturnType<typeof start>) => unknown, string, string]>([
    [
      "TCP connect",
      ({ tcp, network }) => tcp.startConnect(network, ipv4),
      "access-denied",
      "TCP connection to 10.0.0.1:5",
    ],
    [
      "TCP bind",
      ({ tcp, network }) => tcp.startBind(network, ipv4),
      "access-denied",
      "TCP connections on 10.0.0.1:5432",
    ],
    [
      "UDP bind",
      ({ udp, network }) => udp.startBind(network, ipv6),
      "access-denied",
      "UDP on [2001:db8:0:0:0:0:0:1]:53",
    ],
    [
      "name lookup",
      ({ context, network }) => members("ip-name-lookup", context)["resolveAddresses"]?.(network, "db.example"),
      "permanent-resolver-failure",
      "look up the address of db.example",
    ],
  ])("%s is denied, and the person is told why, once", (_what, attempt, code, said) => {
    const parts = start();
    expect(outcome(() => attempt(parts))).toEqual(err(code));
    expect(outcome(() => attempt(parts))).toEqual(err(code));
    expect(parts.context.notices).toEqual([expect.stringContaining(said)]);
    expect(parts.context.notices[0]).toContain(`refused (${code}): a browser has no sockets`);
  });

  it("answer calls out of order as Wasmtime does", () => {
    const { tcp, udp, context } = start();
    for (const call of [
      () => tcp.finishBind(),
      () => tcp.finishConnect(),
      () => tcp.finishListen(),
      () => udp.finishBind(),
    ])
      expect(outcome(call)).toEqual(err("not-in-progress"));
    for (const call of [
      () => tcp.startListen(),
      () => tcp.accept(),
      () => tcp.localAddress(),
      () => tcp.remoteAddress(),
      () => tcp.shutdown("both"),
      () => udp.stream(ipv6),
      () => udp.localAddress(),
      () => udp.remoteAddress(),
    ])
      expect(outcome(call)).toEqual(err("invalid-state"));
    expect(context.notices).toEqual([]);
  });
});

describe("socket options", () => {
  it("are kept, within bounds", () => {
    const { tcp, udp } = start();
    expect([tcp.keepAliveEnabled(), tcp.keepAliveIdleTime(), tcp.keepAliveInterval(), tcp.keepAliveCount()]).toEqual([
      false,
      7_200_000_000_000n,
      75_000_000_000n,
      9,
    ]);
    tcp.setKeepAliveEnabled(true);
    tcp.setKeepAliveIdleTime(1n);
    tcp.setKeepAliveInterval(2n ** 64n - 1n);
    tcp.setKeepAliveCount(1000);
    tcp.setHopLimit(5);
    tcp.setSendBufferSize(2n ** 40n);
    udp.setUnicastHopLimit(255);
    udp.setReceiveBufferSize(4096n);
    tcp.setListenBacklogSize(1n);
    expect([tcp.keepAliveEnabled(), tcp.keepAliveIdleTime(), tcp.keepAliveInterval(), tcp.keepAliveCount()]).toEqual([
      true,
      1_000_000_000n,
      32_767_000_000_000n,
      127,
    ]);
    expect([tcp.hopLimit(), tcp.sendBufferSize(), udp.unicastHopLimit(), udp.receiveBufferSize()]).toEqual([
      5,
      2_147_483_647n,
      255,
      4096n,
    ]);
  });

  it("refuse 0", () => {
    const { tcp, udp } = start();
    for (const call of [
      () => tcp.setKeepAliveIdleTime(0n),
      () => tcp.setKeepAliveInterval(0n),
      () => tcp.setKeepAliveCount(0),
      () => tcp.setHopLimit(0),
      () => tcp.setReceiveBufferSize(0n),
      () => tcp.setListenBacklogSize(0n),
      () => udp.setUnicastHopLimit(0),
      () => udp.setSendBufferSize(0n),
    ])
      expect(outcome(call)).toEqual(err("invalid-argument"));
  });
});

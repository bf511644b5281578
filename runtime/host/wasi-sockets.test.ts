import { describe, expect, it } from "vitest";
import { outcome, text, type TestContext, testContext, utf8 } from "./context-for-tests.ts";
import { parseAllowedHosts } from "../manifest/allowed-hosts.ts";
import type { InstanceContext } from "./context.ts";
import type { IpSocketAddress } from "./wasi-sockets-denial.ts";
import type { TcpSocket } from "./wasi-sockets-tcp.ts";
import type { UdpSocket } from "./wasi-sockets-udp.ts";
import { wasiSockets } from "./wasi-sockets.ts";

type Functions = Record<string, (...given: unknown[]) => unknown>;
const members = (name: string, context: TestContext): Functions =>
  wasiSockets[`wasi:sockets/${name}@0.2`]?.(context) as Functions;

function start(parts: Partial<InstanceContext> = {}) {
  const context = testContext(parts);
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
const ipv6: Extract<IpSocketAddress, { tag: "ipv6" }> = {
  tag: "ipv6",
  val: { port: 53, flowInfo: 0, address: [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], scopeId: 0 },
};
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

describe("a TCP server of mocks.json", () => {
  const tcpServers = new Set(["127.0.0.1:5000", "[2001:db8::1]:5000"]);
  const local: IpSocketAddress = { tag: "ipv4", val: { port: 5000, address: [127, 0, 0, 1] } };
  const connectedBy = (...hosts: string[]) => start({ tcpServers, hosts: parseAllowedHosts(hosts) });

  function open() {
    const parts = connectedBy("tcp://127.0.0.1:5000");
    parts.tcp.startConnect(parts.network, local);
    expect(parts.tcp.subscribe().ready()).toBe(true);
    const [input, output] = parts.tcp.finishConnect();
    return { ...parts, input, output };
  }

  it("sends back what it gets", async () => {
    const { tcp, input, output, context } = open();
    expect(input.read(10n)).toHaveLength(0);
    const reading = input.blockingRead(100n);
    await output.blockingWriteAndFlush(utf8("So rested he"));
    expect(text(await reading)).toBe("So rested he");
    output.write(utf8(" by the Tumtum tree"));
    tcp.shutdown("send");
    expect(outcome(() => output.checkWrite())).toMatchObject({ err: { tag: "closed" } });
    expect(text(input.read(100n))).toBe(" by the Tumtum tree");
    expect(outcome(() => input.read(1n))).toMatchObject({ err: { tag: "closed" } });
    expect(context.notices).toEqual([]);
  });

  it("takes no more than fits until it is read", () => {
    const { input, output } = open();
    const room = output.checkWrite();
    output.write(new Uint8Array(Number(room)));
    expect([room, output.checkWrite(), output.subscribe().ready()]).toEqual([65_536n, 0n, false]);
    input.read(1000n);
    expect(output.checkWrite()).toBe(1000n);
  });

  it.each([
    ["tcp://127.0.0.1:5000"],
    ["*://127.0.0.1:5000"],
    ["*://*:*"],
    ["*://127.0.0.0/24:5000"],
    ["*://127.0.0.1:4000..6000"],
  ])("is reached where %s is allowed", (host) => {
    const { tcp, network } = connectedBy(host);
    tcp.startConnect(network, local);
    expect(tcp.finishConnect()).toHaveLength(2);
    expect([tcp.remoteAddress(), tcp.localAddress()]).toEqual([
      local,
      { tag: "ipv4", val: { port: 49_152, address: [127, 0, 0, 1] } },
    ]);
  });

  it.each([
    ["http://127.0.0.1:5000"],
    ["udp://127.0.0.1:5000"],
    ["*://127.0.0.1:6000"],
    ["*://127.0.0.1:4000..5000"],
    ["*://127.0.1.0/24:5000"],
    ["*://localhost:5000"],
  ])("is not reached where only %s is allowed", (host) => {
    const { tcp, network, context } = connectedBy(host);
    expect(outcome(() => tcp.startConnect(network, local))).toEqual(err("access-denied"));
    expect(context.notices).toEqual([
      expect.stringContaining("To allow this request, add 'allowed_outbound_hosts = [\"tcp://127.0.0.1:5000\"]'"),
    ]);
  });

  it("may have an address of version 6", () => {
    const { context, network } = connectedBy("*://[2001:db8::1]:5000");
    const tcp = members("tcp-create-socket", context)["createTcpSocket"]?.("ipv6") as TcpSocket;
    tcp.startConnect(network, { tag: "ipv6", val: { ...ipv6.val, port: 5000 } });
    expect(tcp.finishConnect()).toHaveLength(2);
  });

  it("is the only one: every other stays refused, whatever is allowed", () => {
    const { tcp, network, context } = connectedBy("*://*:*");
    expect(outcome(() => tcp.startConnect(network, ipv4))).toEqual(err("access-denied"));
    expect(context.notices).toEqual([expect.stringContaining("a browser has no sockets")]);
  });

  it("answers calls out of order as Wasmtime does", () => {
    const { tcp, network } = connectedBy("*://*:*");
    expect(outcome(() => tcp.startConnect(network, ipv6))).toEqual(err("invalid-argument"));
    const none: IpSocketAddress = { tag: "ipv4", val: { port: 5000, address: [0, 0, 0, 0] } };
    expect(outcome(() => tcp.startConnect(network, none))).toEqual(err("invalid-argument"));
    tcp.startConnect(network, local);
    expect(outcome(() => tcp.startConnect(network, local))).toEqual(err("concurrency-conflict"));
    expect(outcome(() => tcp.remoteAddress())).toEqual(err("invalid-state"));
    tcp.finishConnect();
    expect(outcome(() => tcp.finishConnect())).toEqual(err("not-in-progress"));
    expect(outcome(() => tcp.startConnect(network, local))).toEqual(err("invalid-state"));
    expect(outcome(() => tcp.startBind(network, local))).toEqual(err("invalid-state"));
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

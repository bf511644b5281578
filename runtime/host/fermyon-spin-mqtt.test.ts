import { describe, expect, it } from "vitest";
import { parseAllowedHosts } from "../manifest/allowed-hosts.ts";
import type { PublishedMessage } from "../protocol.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import { utf8 } from "./context-for-tests.ts";
import { fermyonSpinMqtt } from "./fermyon-spin-mqtt.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";

function mqtt(hosts = ["mqtt://*:*"]) {
  const sent: PublishedMessage[] = [];
  const publisher = {
    send: (message: PublishedMessage) => void sent.push(message),
    countListeners: () => Promise.resolve(0),
  };
  const context = spinTestContext({ hosts: parseAllowedHosts(hosts), backEnds: testBackEnds({ publisher }) });
  return { context, sent, ...fermyonSpinMqtt(context) };
}

const address = "mqtt://Broker?client_id=spin";

describe("fermyon:spin/mqtt", () => {
  it("publishes to the listeners of the broker", () => {
    const { Connection, sent, context } = mqtt();
    const connection = Connection.open(address);
    const memory = utf8("..payload..");
    connection.publish("house/kitchen", memory.subarray(2, 9), "exactly-once");
    const message = { type: "mqtt", server: "broker:1883", channel: "house/kitchen", qos: "exactly-once" };
    expect(sent).toEqual([{ ...message, payload: utf8("payload") }]);
    expect(sent[0]?.payload.buffer.byteLength).toBe(7);
    expect(context.notices).toEqual([
      expect.stringMatching(/^mqtt:\/\/broker:1883 is played by an MQTT broker of this browser tab: /),
    ]);
  });

  it.each([
    ["a/+/b", "", { tag: "other", val: "Failed to send mqtt requests to eventloop" }],
    ["a/#", "", { tag: "other", val: "Failed to send mqtt requests to eventloop" }],
    ["", "", { tag: "connection-failed", val: expect.stringContaining("a topic has 1 to 65535 bytes") as string }],
    ["a\0b", "", { tag: "connection-failed", val: expect.stringContaining("none of them 0") as string }],
    [
      "topic",
      "x".repeat(10_229),
      {
        tag: "connection-failed",
        val: "Mqtt state: Cannot send packet of size '10241'. It's greater than the broker's maximum packet size of: '10240'",
      },
    ],
  ])("refuses to publish to %j", async (topic, payload, error) => {
    const { Connection, sent } = mqtt();
    const connection = Connection.open(address);
    expect(await witErrorOf(() => connection.publish(topic, utf8(payload), "at-least-once"))).toEqual(error);
    expect(sent).toEqual([]);
    // One byte less, or two without an identifier of the packet.
    connection.publish("topic", utf8("x".repeat(10_228)), "at-least-once");
    connection.publish("topic", utf8("x".repeat(10_230)), "at-most-once");
    expect(sent).toHaveLength(2);
  });

  it("takes a larger packet where the address says so", () => {
    const { Connection, sent } = mqtt();
    const sizes = "max_incoming_packet_size_bytes=1&max_outgoing_packet_size_bytes=20000";
    Connection.open(`${address}&${sizes}`).publish("topic", new Uint8Array(19_000), "at-most-once");
    expect(sent).toHaveLength(1);
  });

  it("denies what the manifest does not permit, in Spin's words", async () => {
    const { Connection, context } = mqtt(["mqtt://other"]);
    const val = `address ${address} is not permitted`;
    expect(await witErrorOf(() => Connection.open(address))).toEqual({ tag: "connection-failed", val });
    expect(context.notices.join()).toContain("To allow this request, add 'allowed_outbound_hosts");
  });

  it.each([
    ["mqtt://broker"],
    ["http://broker?client_id=a"],
    ["broker?client_id=a"],
    ["mqtt://broker?client_id=a&color=red"],
    ["mqtt://broker?client_id=a&keep_alive_secs=soon"],
  ])("does not read %s as an address", async (text) => {
    const { Connection } = mqtt(["*://*:*"]);
    expect(await witErrorOf(() => Connection.open(text))).toEqual({ tag: "invalid-address" });
  });

  it("has 1,024 connections at a time for an instance", async () => {
    const { Connection } = mqtt();
    const connections = Array.from({ length: 1024 }, () => Connection.open(address));
    expect(await witErrorOf(() => Connection.open(address))).toEqual({ tag: "too-many-connections" });
    connections[0]?.[Symbol.dispose]();
    Connection.open(address);
  });
});

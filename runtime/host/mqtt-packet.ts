/** What Spin's MQTT client (rumqttc 0.24) checks before it sends: addresses, topics and the size of a packet. */

const defaultPorts: Readonly<Record<string, number>> = { "mqtt:": 1883, "tcp:": 1883, "mqtts:": 8883, "ssl:": 8883 };

/** Parameters of an address, beside `client_id`, and their values. Others are refused. */
const parameters: Readonly<Record<string, RegExp>> = {
  keep_alive_secs: /^\+?\d+$/,
  clean_session: /^(?:true|false)$/,
  max_incoming_packet_size_bytes: /^\+?\d+$/,
  max_outgoing_packet_size_bytes: /^\+?\d+$/,
  request_channel_capacity_num: /^\+?\d+$/,
  max_request_batch_num: /^\+?\d+$/,
  pending_throttle_usecs: /^\+?\d+$/,
  inflight_num: /^\+?\d+$/,
};

/** The largest packet unless an address says otherwise. */
const defaultPacketBytes = 10 * 1024;

/** A broker, as `host:port`, and the largest packet that is sent to it. */
export interface MqttAddress {
  broker: string;
  packetBytes: number;
}

/** Reads `mqtt://host[:port]?client_id=…`; `undefined` for what Spin's client does not read. */
export function parseMqttAddress(address: string): MqttAddress | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const defaultPort = url && defaultPorts[url.protocol];
  if (!url || defaultPort === undefined || !url.searchParams.has("client_id")) return undefined;
  const given = [...url.searchParams].filter(([name]) => name !== "client_id");
  if (given.some(([name, value]) => parameters[name]?.test(value) !== true)) return undefined;
  // The client takes the two sizes together or not at all.
  const isSized = url.searchParams.has("max_incoming_packet_size_bytes");
  const size = isSized ? url.searchParams.get("max_outgoing_packet_size_bytes") : null;
  return {
    broker: `${url.hostname.toLowerCase()}:${url.port || String(defaultPort)}`,
    packetBytes: size === null ? defaultPacketBytes : Number(size),
  };
}

/** Whether the client refuses a topic to publish to. */
export function hasWildcard(topic: string): boolean {
  return /[+#]/.test(topic);
}

/** Whether a broker takes the topic (MQTT 3.1.1, 4.7.3): 1 to 65,535 bytes, no U+0000. */
export function isTopicName(topic: string): boolean {
  const { length } = new TextEncoder().encode(topic);
  return length > 0 && length <= 65_535 && !topic.includes("\0");
}

/** The bytes of a PUBLISH packet (MQTT 3.1.1, 3.3). */
export function publishBytes(topic: string, payload: Uint8Array, hasIdentifier: boolean): number {
  const remaining = 2 + new TextEncoder().encode(topic).length + (hasIdentifier ? 2 : 0) + payload.length;
  // The length is written in groups of seven bits.
  const lengthBytes = Math.max(1, Math.ceil(Math.log2(remaining + 1) / 7));
  return 1 + lengthBytes + remaining;
}

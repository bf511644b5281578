import type { PublishedMessage } from "../protocol.ts";
import type { InstanceContext } from "./context.ts";
import { addressDenial } from "./fermyon-spin-denials.ts";
import { hasWildcard, isTopicName, type MqttAddress, parseMqttAddress, publishBytes } from "./mqtt-packet.ts";
import { WitError } from "./wit-error.ts";

type MqttError =
  | { tag: "invalid-address" }
  | { tag: "too-many-connections" }
  | { tag: "connection-failed"; val: string }
  | { tag: "other"; val: string };
type Qos = Extract<PublishedMessage, { type: "mqtt" }>["qos"];

/** Connections that one instance may have open, as in Spin. */
const maxConnections = 1024;

/**
 * `fermyon:spin/mqtt@2.0.0`, on a broker of this origin in place of the one that the address means: who listens in some
 * thread of the origin hears a message, and it is kept for nobody. So every quality of service is met at once.
 */
export function fermyonSpinMqtt(context: InstanceContext) {
  let open = 0;

  class Connection {
    readonly #address: MqttAddress;
    #isOpen = true;

    private constructor(address: MqttAddress) {
      this.#address = address;
      open += 1;
    }

    /** Credentials and the keep-alive interval are not looked at: the broker that the address means would know them. */
    static open(text: string): Connection {
      const denial = addressDenial(context, "mqtt", text);
      if (denial) throw new WitError(denial);
      const address = parseMqttAddress(text);
      if (!address) throw new WitError<MqttError>({ tag: "invalid-address" });
      if (open >= maxConnections) throw new WitError<MqttError>({ tag: "too-many-connections" });
      context.noticeOnce(
        `mqtt://${address.broker} is played by an MQTT broker of this browser tab: a browser cannot connect to an MQTT broker. Messages stay within this application.`,
      );
      return new Connection(address);
    }

    publish(topic: string, payload: Uint8Array, qos: Qos): void {
      const fault = publishFault(this.#address, topic, payload, qos);
      if (fault) throw new WitError(fault);
      // A copy of the payload: the guest's view is of its whole memory.
      const message = { server: this.#address.broker, channel: topic, payload: payload.slice(), qos };
      context.backEnds.publisher.send({ type: "mqtt", ...message });
    }

    [Symbol.dispose](): void {
      if (this.#isOpen) open -= 1;
      this.#isOpen = false;
    }
  }

  return { Connection };
}

/** What Spin's client refuses, in its words, and what a broker would close the connection for, in ours. */
function publishFault(address: MqttAddress, topic: string, payload: Uint8Array, qos: Qos): MqttError | undefined {
  if (hasWildcard(topic)) return { tag: "other", val: "Failed to send mqtt requests to eventloop" };
  const size = publishBytes(topic, payload, qos !== "at-most-once");
  if (size > address.packetBytes) {
    const most = String(address.packetBytes);
    const val = `Mqtt state: Cannot send packet of size '${String(size)}'. It's greater than the broker's maximum packet size of: '${most}'`;
    return { tag: "connection-failed", val };
  }
  if (isTopicName(topic)) return undefined;
  return {
    tag: "connection-failed",
    val: "The broker closed the connection: a topic has 1 to 65535 bytes, none of them 0",
  };
}

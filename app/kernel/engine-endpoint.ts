import { transfer, wrap } from "comlink";
import { carryPlaygroundErrors } from "../../runtime/rpc.ts";
import type { EngineApi } from "../../runtime/protocol.ts";

/** The engine behind a port, as its plain interface: ports and component bytes are transferred, not copied. */
export function wrapEngine(port: MessagePort): EngineApi {
  carryPlaygroundErrors();
  const remote = wrap<EngineApi>(port);
  return {
    deploy(deployment) {
      const buffers = Object.values(deployment.components).flatMap(({ bytes }) => bytes ?? []);
      return remote.deploy(transfer(deployment, buffers));
    },
    restore: () => remote.restore(),
    stop: () => remote.stop(),
    connect: (callers) => remote.connect(transfer(callers, [callers])),
    download: (url, limit, progress) => remote.download(url, limit, transfer(progress, [progress])),
    inspect: (bytes) => remote.inspect(transfer(bytes, [bytes])),
    print: (bytes) => remote.print(transfer(bytes, [bytes])),
    subscribe: (events) => remote.subscribe(transfer(events, [events])),
    configure: (limits) => remote.configure(limits),
    flush: (flush) => remote.flush(flush),
    keyValueGet: (store, key) => remote.keyValueGet(store, key),
    keyValueSet: (store, key, value) => remote.keyValueSet(store, key, value),
    keyValueDelete: (store, key) => remote.keyValueDelete(store, key),
    keyValueKeys: (store) => remote.keyValueKeys(store),
  };
}

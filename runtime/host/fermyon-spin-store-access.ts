import { PlaygroundError } from "../errors.ts";
import type { InstanceContext } from "./context.ts";
import { WitError } from "./wit-error.ts";

/** The error cases that `fermyon:spin/key-value@2.0.0` and `wasi:keyvalue/store` have in common. */
export type StoreError = { tag: "access-denied" } | { tag: "no-such-store" } | { tag: "other"; val: string };

/**
 * Fails with a WIT error unless the component may open the store. As in Spin, the manifest's `key_value_stores` decides
 * first, so that a component cannot find out which other stores exist.
 */
export function checkStoreAccess(context: InstanceContext, label: string): void {
  const granted = context.component.metadata.key_value_stores ?? [];
  const isBacked = context.backedStores.includes(label);
  if (!granted.includes(label)) {
    context.storeDenied("key_value_stores", label, isBacked);
    throw new WitError<StoreError>({ tag: "access-denied" });
  }
  if (!isBacked) throw new WitError<StoreError>({ tag: "no-such-store" });
}

/**
 * Waits for the stores on behalf of the guest. What the browser refuses reaches the guest as `other(text)`; a fault of
 * the playground itself is passed on and ends the instance.
 */
export async function awaitStore<T>(context: InstanceContext, wait: Promise<T>): Promise<T> {
  try {
    return await context.suspending(wait);
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === "store-unavailable") {
      throw new WitError<StoreError>({ tag: "other", val: error.message });
    }
    throw error;
  }
}

import type { InstanceContext } from "./context.ts";

/**
 * Makes the object that jco's glue takes for one imported interface: functions in camelCase, resources as classes. It is
 * called once for each instance, so it must be cheap: classes belong to the module, and only the context is bound here.
 */
export type CreateInterface = (context: InstanceContext) => object;

/** Interfaces that a file offers, by compatibility track (`wasi:io/poll@0.2`, see `compatibilityTrack`). */
export type HostInterfaces = Readonly<Record<string, CreateInterface>>;

/**
 * Components that the engine can have without their bytes: digest → address, for those that were built beforehand. An
 * application of such components starts before its Wasm is in the workspace.
 */
export type PreparedComponents = Map<string, string>;

import { expect } from "vitest";
import type { LockedComponent } from "../manifest/locked-app.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import { testContext, type TestContext } from "./context-for-tests.ts";
import type { InstanceContext } from "./context.ts";

/** What the tests of Spin's host interfaces set; stores are in memory. */
export interface SpinTestContextOptions extends Partial<Omit<InstanceContext, "component">> {
  metadata?: LockedComponent["metadata"];
}

export function spinTestContext({ metadata = {}, ...parts }: SpinTestContextOptions = {}): TestContext {
  return testContext({
    component: { id: "hello", metadata, source: { content_type: "application/wasm" } },
    backEnds: testBackEnds(),
    ...parts,
  });
}

/** The payload that jco's glue would hand to the guest; fails when the call succeeds or would be a trap. */
export async function witErrorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    // What the generated glue looks for: `payload` as an own property.
    if (error instanceof Error && Object.hasOwn(error, "payload"))
      return (error as Error & { payload: unknown }).payload;
    throw error;
  }
  return expect.fail("The call succeeded.");
}

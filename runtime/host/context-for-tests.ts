import { PlaygroundError } from "../errors.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import type { InstanceContext, OutboundHttp } from "./context.ts";

/** A context whose parts a test replaces as it needs; using a part that it did not replace fails the test. */
export interface TestContext extends InstanceContext {
  /** How often the guest would have been suspended. */
  readonly suspensions: number;
  /** What the guest logged, by stream. */
  readonly logged: { stdout: string; stderr: string };
  readonly notices: readonly string[];
  /** Stores that were denied, and whether there are such stores. */
  readonly storesDenied: readonly [label: string, backed: boolean][];
  /** Ends the request. */
  end(): void;
}

export function testContext(parts: Partial<InstanceContext> = {}): TestContext {
  const request = new AbortController();
  const logged = { stdout: "", stderr: "" };
  const notices: string[] = [];
  const storesDenied: [string, boolean][] = [];
  let suspensions = 0;
  const context: InstanceContext = {
    requestId: "test",
    component: { id: "test", metadata: {}, source: { content_type: "application/wasm" } },
    variables: new Map(),
    readVault: () => Promise.reject(new PlaygroundError("internal", "the test gave no readVault")),
    files: undefined,
    backEnds: testBackEnds(),
    hosts: { entries: [], faults: [] },
    backedStores: ["default"],
    backedDatabases: ["default"],
    tcpServers: new Set(),
    outbound: refusingPart("outbound"),
    log(stream, bytes) {
      logged[stream] += new TextDecoder().decode(bytes);
    },
    notice: (text) => void notices.push(text),
    noticeOnce: (text) => void notices.push(text),
    storeDenied: (_field, label, backed) => void storesDenied.push([label, backed]),
    suspending(wait) {
      suspensions += 1;
      return wait;
    },
    progress: () => undefined,
    signal: request.signal,
    ...parts,
  };
  return Object.create(context, {
    suspensions: { get: () => suspensions },
    logged: { value: logged },
    notices: { value: notices },
    storesDenied: { value: storesDenied },
    end: { value: () => request.abort() },
  }) as TestContext;
}

function refusingPart(name: string): OutboundHttp {
  return new Proxy({} as OutboundHttp, {
    get() {
      throw new PlaygroundError("internal", `the test gave no ${name}`);
    },
  });
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What a host call answers with: its value, or the payload of its `err`. A trap is thrown on. */
export function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    // Only a `WitError` is an answer; anything else would be a trap, and is one here.
    if (error instanceof Error && "payload" in error) return { err: error.payload };
    throw error;
  }
}

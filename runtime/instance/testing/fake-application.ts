import type { InstanceContext } from "../../host/context.ts";
import { parseAllowedHosts } from "../../manifest/allowed-hosts.ts";
import type { LockedApp, LockedComponent } from "../../manifest/locked-app.ts";
import { ResponseOutparam } from "../../host/http-exchange.ts";
import { wasiClocks } from "../../host/wasi-clocks.ts";
import { Fields, type FieldEntry } from "../../host/wasi-http-fields.ts";
import type { IncomingRequest } from "../../host/wasi-http-incoming.ts";
import { OutgoingBody } from "../../host/wasi-http-outgoing-body.ts";
import { OutgoingResponse } from "../../host/wasi-http-outgoing-response.ts";
import { registry } from "../../host/registry.ts";
import { buildRoutes } from "../../routing/routes.ts";
import type { LoadedApplication, LoadedComponent } from "../application.ts";

/** What a guest may use, as a component would through its imports. */
export interface GuestWorld {
  request: IncomingRequest;
  context: InstanceContext;
  /** Sets the head, and writes the first bytes of the body. */
  respond: (parts: { status: number; body?: string }) => GuestResponse;
  stderr: (text: string) => void;
  sleep: (milliseconds: number) => Promise<void>;
}

export interface GuestResponse {
  write(text: string): void;
  end(trailers?: [name: string, value: string][]): void;
}

/** The handler of a component, written in JavaScript. Returning is what a guest's `handle` returning is. */
export type FakeGuest = (world: GuestWorld) => void | Promise<void>;

const handler = "wasi:http/incoming-handler@0.2.10";
const probe = "test:probe/context@0.2.0";

const lockedApp: LockedApp = {
  spin_lock_version: 0,
  metadata: { name: "test" },
  variables: {},
  triggers: [
    { id: "t", trigger_type: "http", trigger_config: { component: "main", route: "/..." } },
    { id: "p", trigger_type: "http", trigger_config: { component: "back", route: { private: true } } },
    { id: "s", trigger_type: "http", trigger_config: { route: "/static", static_response: { body: "static" } } },
  ],
  components: ["main", "back"].map((id) => ({ id, metadata: {}, source: { content_type: "application/wasm" } })),
};

/**
 * An application of two components, `main` and the private `back`, which both are this function (`context.component` tells
 * which), over the real host interfaces.
 */
export function fakeApplication(guest: FakeGuest, allowedHosts: string[] = []): LoadedApplication {
  // The way by which generated glue gets the context of its instance is `createImports`; this goes the same way.
  registry["test:probe/context@0.2"] = (context) => ({ context });
  const component = (locked: LockedComponent): LoadedComponent => ({
    locked,
    prepared: { digest: "sha256:0", glueUrl: "", modules: {}, handler, imports: [probe] },
    glue: {
      instantiate: (_modules: unknown, imports: Record<string, object>) => {
        const { context } = imports["test:probe/context@0.2"] as { context: InstanceContext };
        return {
          [handler]: { handle: (request: IncomingRequest, out: ResponseOutparam) => run(guest, context, request, out) },
        };
      },
    },
    variables: new Map(),
    files: undefined,
    hosts: parseAllowedHosts(allowedHosts, () => undefined),
    backedStores: ["default"],
    backedDatabases: ["default"],
    tcpServers: new Set(),
    maxMemoryBytes: Infinity,
  });
  return {
    name: "test",
    version: undefined,
    routes: buildRoutes(lockedApp).table,
    components: new Map(lockedApp.components.map((locked) => [locked.id, component(locked)])),
    mayAskItself: allowedHosts.length > 0,
    mocks: [],
  };
}

async function run(
  guest: FakeGuest,
  context: InstanceContext,
  request: IncomingRequest,
  outparam: ResponseOutparam,
): Promise<void> {
  const clock = wasiClocks["wasi:clocks/monotonic-clock@0.2"]?.(context) as {
    subscribeDuration(nanoseconds: bigint): { block(): Promise<void> };
  };
  await guest({
    request,
    context,
    respond({ status, body = "" }) {
      const response = new OutgoingResponse(context, new Fields());
      response.setStatusCode(status);
      const content = response.body();
      const stream = content.write();
      ResponseOutparam.set(outparam, { tag: "ok", val: response });
      const write = (text: string): void => stream.write(new TextEncoder().encode(text));
      write(body);
      return {
        write,
        end(trailers = []) {
          const bytes = trailers.map(([name, value]): FieldEntry => [name, new TextEncoder().encode(value)]);
          OutgoingBody.finish(content, Fields.fromList(bytes));
        },
      };
    },
    stderr: (text) => context.log("stderr", new TextEncoder().encode(text)),
    sleep: (milliseconds) => clock.subscribeDuration(BigInt(milliseconds) * 1_000_000n).block(),
  });
}

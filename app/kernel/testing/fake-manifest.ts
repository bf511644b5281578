import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import type { LockedApp, LockedComponent } from "../../../runtime/manifest/locked-app.ts";
import type { ManifestReading } from "../dependencies.ts";

/** What a test's `spin.toml` says; the fake manifest reader takes it as JSON. */
export interface FakeManifest {
  name?: string;
  components: Record<string, FakeComponent>;
  warnings?: Diagnostic[];
  variables?: LockedApp["variables"];
}

export interface FakeComponent {
  source?: string;
  /** Of a source that is a URL. */
  digest?: string;
  dependencies?: Record<string, unknown>;
  /** Dependencies of its trigger. */
  middleware?: string[];
  command?: string;
  workdir?: string;
  stores?: string[];
  /** What the component mounts, as the real reader finds it in the workspace. */
  mounts?: Record<string, string>;
}

/** A reading in which the source of the n-th component stands in line n * 10, its command in the line after. */
export function fakeManifest({
  name = "app",
  components,
  warnings = [],
  variables = {},
}: FakeManifest): ManifestReading {
  const ids = Object.keys(components);
  const place = (id: string, offset: number) => ({ line: (ids.indexOf(id) + 1) * 10 + offset, column: 1 });
  return {
    lockedApp: {
      spin_lock_version: 1,
      metadata: { name },
      variables,
      triggers: Object.entries(components).map(([id, { middleware }]) => ({
        id,
        trigger_type: "http",
        trigger_config: {
          component: id,
          route: `/${id}`,
          ...(middleware === undefined ? {} : { dependencies: { middleware } }),
        },
      })),
      components: Object.entries(components).map(([id, component]): LockedComponent => {
        const { source, digest, dependencies, command, workdir, stores } = component;
        const build =
          command === undefined ? {} : { build: { command, ...(workdir === undefined ? {} : { workdir }) } };
        return {
          id,
          metadata: { ...build, ...(stores === undefined ? {} : { key_value_stores: stores }) },
          source: {
            content_type: "application/wasm",
            ...(source === undefined ? {} : { source }),
            ...(digest === undefined ? {} : { digest }),
          },
          ...(dependencies === undefined ? {} : { dependencies }),
        };
      }),
    },
    version: 2,
    mounts: Object.fromEntries(
      Object.entries(components).flatMap(([id, { mounts }]) => (mounts ? [[id, mounts]] : [])),
    ),
    warnings,
    places: {
      component: (id) => place(id, -1),
      source: (id) => place(id, 0),
      buildCommand: (id) => place(id, 1),
      dependency: (id) => place(id, 2),
      variable: (name) => ({ line: Object.keys(variables).indexOf(name) + 1, column: 1 }),
      middleware: (id) => place(id, 4),
    },
  };
}

/** A manifest reader for texts that are the JSON of a `FakeManifest`; other text is one diagnostic in line 1. */
export function readFakeManifest(text: string, file: string): Promise<ManifestReading> {
  try {
    return Promise.resolve(fakeManifest(JSON.parse(text) as FakeManifest));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return Promise.resolve({ diagnostics: [{ severity: "error", code: "manifest-invalid", message, file, line: 1 }] });
  }
}

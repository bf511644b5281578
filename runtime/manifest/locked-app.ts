/**
 * The locked application: what a manifest means once every default, shorthand and version difference is
 * settled. The JSON shape is Spin's own (`LockedApp` in Spin's `locked-app` crate), so that tools which
 * read Spin's lock files can read ours.
 */
export interface LockedApp {
  /** Spin writes 1 only when `must_understand` or `host_requirements` are there, and 0 otherwise. */
  spin_lock_version: 0 | 1;
  must_understand?: "host_requirements"[];
  metadata: {
    name: string;
    version?: string;
    description?: string;
    authors?: string[];
    /** Application-wide trigger settings by trigger type, e.g. `{ http: { base: "/" } }`. */
    triggers?: Record<string, Record<string, unknown>>;
    /** The settings of the only trigger type, with `type`; kept by Spin for older hosts. */
    trigger?: Record<string, unknown> & { type: string };
  };
  host_requirements?: { local_service_chaining?: "required" };
  variables: Record<string, LockedVariable>;
  triggers: LockedTrigger[];
  components: LockedComponent[];
}

export interface LockedVariable {
  description?: string;
  default?: string;
  secret?: boolean;
}

export interface LockedTrigger {
  id: string;
  trigger_type: string;
  trigger_config: Record<string, unknown>;
}

/** The `trigger_config` of a trigger of type `http`, with defaults filled in; `readHttpTrigger` makes it. */
export interface HttpTriggerConfig {
  component?: string;
  route: string | { private: true };
  executor?: { type: "http" } | { type: "wagi"; argv: string; entrypoint: string };
  static_response?: { status_code: number; headers?: Record<string, string>; body?: string };
}

export interface LockedComponent {
  id: string;
  metadata: {
    description?: string;
    allowed_outbound_hosts?: string[];
    key_value_stores?: string[];
    databases?: string[];
    ai_models?: string[];
    build?: { command: string | string[]; workdir?: string; watch?: string[] };
  };
  /**
   * `source` is a path in the workspace, or with `digest` a URL. `registry` is an addition of ours: natively a package
   * is fetched while locking.
   */
  source: { content_type: "application/wasm"; source?: string; digest?: string; registry?: RegistryReference };
  env?: Record<string, string>;
  /** Component variables: name to template, e.g. `{ greeting: "Hello {{ name }}" }`. */
  config?: Record<string, string>;
  /**
   * Files as the manifest names them, since here nothing is copied while locking; `checkMounts` finds them. `path` is
   * where the component sees `source`; it is missing for a path or glob given alone: what that matches keeps its path.
   */
  files?: { source: string; path?: string }[];
  /** Globs of files to leave out of `files`; natively used up while locking. */
  exclude_files?: string[];
  /** As in the manifest, by import name; natively composed into the component while locking. */
  dependencies?: Record<string, unknown>;
  dependencies_inherit_configuration?: boolean;
}

/** A package of a component registry. */
export interface RegistryReference {
  registry?: string;
  package: string;
  version: string;
}

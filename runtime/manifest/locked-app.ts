/**
 * The locked application: what a manifest means once every default, shorthand and version difference is
 * settled. The JSON shape is Spin's own (`LockedApp` in Spin's `locked-app` crate), so that tools which
 * read Spin's lock files can read ours.
 */
export interface LockedApp {
  spin_lock_version: 0 | 1;
  metadata: {
    name: string;
    version?: string;
    description?: string;
    authors?: string[];
    /** Application-wide trigger settings by trigger type, e.g. `{ http: { base: "/" } }`. */
    triggers?: Record<string, Record<string, unknown>>;
  };
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

/** The `trigger_config` of a trigger of type `http`. */
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
  source: { content_type: "application/wasm"; source?: string; digest?: string };
  env?: Record<string, string>;
  /** Component variables: name to template, e.g. `{ greeting: "Hello {{ name }}" }`. */
  config?: Record<string, string>;
  files?: { source: string; path: string }[];
}

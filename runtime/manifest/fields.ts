/**
 * Every field of a Spin manifest, once: the parser refuses by these tables, the editor completes and explains by them.
 * Names, order (which shows in "expected one of") and defaults are those of Spin's `manifest` and `http` crates.
 */
import type { Field, ManifestVersion, Section, SectionName, ValueType } from "./field-types.ts";

const string: ValueType = { kind: "string" };
const boolean: ValueType = { kind: "boolean" };
const kebab: ValueType = { kind: "identifier", of: "kebab" };
const label: ValueType = { kind: "identifier", of: "label" };
const freeTables: ValueType = { kind: "map", of: { kind: "free-table" } };
const table = (section: SectionName): ValueType => ({ kind: "table", section });
const array = (of: ValueType): ValueType => ({ kind: "array", of });
const map = (of: ValueType): ValueType => ({ kind: "map", of });
const anyOf = (name: string, ...of: ValueType[]): ValueType => ({ kind: "any-of", name, of });

const source = anyOf("ComponentSource", string, table("source-url"), table("source-package"));
const command = anyOf("Commands", string, array(string));
const files = array(anyOf("WasiFilesMount", string, table("file-placement")));
const target = anyOf("TargetEnvironmentRef", string, table("target-url"), table("target-path"));
const componentSpec = anyOf("ComponentSpec", kebab, table("component"));
const inherit = anyOf("InheritConfiguration", boolean, array(string));
const dependency = anyOf(
  "ComponentDependency",
  string,
  table("dependency-package"),
  table("dependency-path"),
  table("dependency-url"),
  table("dependency-component"),
);

type Extra = Partial<Pick<Field, "default" | "deprecated" | "aliases">> & { versions?: readonly ManifestVersion[] };
const field = (required: boolean, name: string, type: ValueType, description: string, extra: Extra = {}): Field => ({
  name,
  type,
  required,
  description,
  versions: [1, 2],
  ...extra,
});
const must = field.bind(undefined, true);
const may = field.bind(undefined, false);
const since2 = { versions: [2] } as const;
const only1 = { versions: [1] } as const;

const applicationFields = [
  must("name", string, "The application's name."),
  may("version", string, "The application's version, as semantic versioning writes it.", { default: '""' }),
  may("description", string, "What the application does, for people.", { default: '""' }),
  may("authors", array(string), "Who wrote the application.", { default: "[]" }),
];

/** Version 1 takes any label; version 2 holds labels to the identifier rules. */
const componentFields = (storeLabel: ValueType) => [
  may("environment", map(string), "Environment variables of the component; templates are not resolved in them.", {
    default: "{}",
  }),
  may("files", files, "Files the component may read: paths, globs, or { source, destination }.", { default: "[]" }),
  may("exclude_files", array(string), "Globs of files to leave out although `files` names them.", { default: "[]" }),
  may("allowed_http_hosts", array(string), "HTTP hosts the component may call.", {
    default: "[]",
    deprecated: "allowed_outbound_hosts",
  }),
  may("allowed_outbound_hosts", array(string), "Destinations the component may call: scheme://host[:port].", {
    default: "[]",
  }),
  may("key_value_stores", array(storeLabel), "Labels of the key-value stores the component may open.", {
    default: "[]",
  }),
  may("sqlite_databases", array(storeLabel), "Labels of the SQLite databases the component may open.", {
    default: "[]",
  }),
  may("ai_models", array(kebab), "Language models the component may use.", { default: "[]" }),
];

const templates: ValueType = { kind: "map", of: string, keys: "lower-snake" };
const export_ = may("export", string, "The export that satisfies the import, when it has another name.");
const inheritField = may("inherit_configuration", inherit, "Permissions of this component that the dependency gets.");

/** All sections by name. `[component.<id>]` is `component`, `[[trigger.<type>]]` is `trigger`, and so on. */
export const sections: Readonly<Record<SectionName, Section>> = {
  manifest: {
    struct: "AppManifest",
    description: "A Spin manifest of version 2.",
    fields: [
      must("spin_manifest_version", { kind: "u16" }, "Version of the manifest format: 2.", since2),
      must("application", table("application"), "What the application is.", since2),
      may("variables", { kind: "map", of: table("variable"), keys: "lower-snake" }, "Application variables.", since2),
      must("trigger", map(array(table("trigger"))), "What the application answers to: [[trigger.http]].", since2),
      may("component", { kind: "map", of: table("component"), keys: "kebab" }, "Components by id.", since2),
    ],
  },
  "manifest-v1": {
    struct: "AppManifestV1",
    description: "A Spin manifest of version 1.",
    fields: [
      must("spin_manifest_version", string, 'Version of the manifest format: "1".', {
        ...only1,
        aliases: ["spin_version"],
      }),
      ...applicationFields,
      must("trigger", table("trigger-v1"), 'The one trigger type: { type = "http" }.', only1),
      may("variables", map(table("variable")), "Application variables.", only1),
      may("component", array(table("component-v1")), "Components.", only1),
    ],
  },
  application: {
    struct: "AppDetails",
    description: "What the application is.",
    fields: [
      ...applicationFields,
      may("targets", array(target), "Environments that the application must fit; checked at build.", since2),
      may("trigger", freeTables, "Settings of a trigger type for the whole application.", since2),
      may("tool", freeTables, "Settings of other tools; Spin ignores them.", since2),
    ],
  },
  "trigger-v1": {
    struct: "AppTriggerV1",
    description: "The trigger type of a version 1 application, with its settings.",
    open: true,
    fields: [must("type", string, 'The trigger type, e.g. "http".', only1)],
  },
  variable: {
    struct: "Variable",
    description: "An application variable: either required, or with a default.",
    fields: [
      may("description", string, "What the variable is for."),
      may("required", boolean, "Whether a value must be given from outside.", { default: "false" }),
      may("default", string, "The value when none is given."),
      may("secret", boolean, "Whether the value must not be shown.", { default: "false" }),
    ],
  },
  trigger: {
    struct: "Trigger",
    description: "What starts a component: for HTTP, requests on a route.",
    open: true,
    fields: [
      may("id", string, "The trigger's id; made up from the component's when left out.", since2),
      may("component", componentSpec, "The component to run: its id, or the component itself.", since2),
      may("components", { kind: "map", of: { kind: "one-or-many", of: componentSpec } }, "Components by role.", since2),
      may("dependencies", { kind: "free-table" }, "Trigger dependencies by role, e.g. middleware.", since2),
    ],
  },
  "http-trigger": {
    struct: "HttpTriggerConfig",
    description: "Settings of an HTTP trigger.",
    fields: [
      may("component", string, "The component that answers."),
      may("static_response", table("static-response"), "A fixed answer, in place of a component."),
      must("route", anyOf("HttpTriggerRouteConfig", string, table("private-route")), "The path, e.g. /api/:id or /..."),
      may("executor", anyOf("HttpExecutorType", table("executor-http"), table("executor-wagi")), "How it is called.", {
        default: '{ type = "http" }',
      }),
    ],
  },
  component: {
    struct: "Component",
    description: "A WebAssembly component and what it may do.",
    fields: [
      must("source", source, "The component's Wasm: a path, { url, digest }, or a registry package.", since2),
      may("description", string, "What the component does, for people.", { default: '""' }),
      may("variables", templates, "The component's variables; {{ name }} takes an application variable.", since2),
      ...componentFields(label),
      may("targets", array(target), "Environments that the component must fit, in place of the application's.", since2),
      may("build", table("build"), "How the component is built."),
      may("tool", freeTables, "Settings of other tools; Spin ignores them.", since2),
      may("dependencies_inherit_configuration", boolean, "Whether dependencies get the component's permissions.", {
        ...since2,
        default: "false",
      }),
      may("dependencies", map(dependency), "Components that satisfy imports of this one.", since2),
      may("profile", map(table("profile")), "Other settings for a named build profile.", since2),
    ],
  },
  "component-v1": {
    struct: "ComponentV1",
    description: "A WebAssembly component, what it may do, and what starts it.",
    fields: [
      must("id", string, "The component's id.", only1),
      must("source", source, "The component's Wasm: a path, { url, digest }, or a registry package.", only1),
      must("trigger", { kind: "free-table" }, 'What starts the component, e.g. route = "/...".', only1),
      may("description", string, "What the component does, for people.", { default: '""' }),
      may("config", map(string), "The component's variables; {{ name }} takes an application variable.", only1),
      ...componentFields(string),
      may("build", table("build"), "How the component is built."),
    ],
  },
  profile: {
    struct: "ComponentProfileOverride",
    description: "What is different under a build profile.",
    fields: [
      may("source", source, "Replaces the component's source.", since2),
      may("environment", map(string), "Added to the component's environment.", since2),
      may("dependencies", map(dependency), "Added to the component's dependencies.", since2),
      may("build", table("profile-build"), "Replaces the build command.", since2),
    ],
  },
  build: {
    struct: "ComponentBuildConfig",
    description: "How the component is built.",
    fields: [
      must("command", command, "The build command, or several to be run in order."),
      may("workdir", string, "Where the command runs, relative to spin.toml."),
      may("watch", array(string), "Globs of files whose change makes a new build.", { default: "[]" }),
    ],
  },
  "profile-build": {
    struct: "ComponentProfileBuildOverride",
    description: "The build command under a profile.",
    fields: [must("command", command, "The build command, or several to be run in order.", since2)],
  },
  "source-url": {
    struct: "ComponentSource",
    description: "A component from the web.",
    fields: [
      must("url", string, "Address of the Wasm file."),
      must("digest", string, "SHA-256 of the file: sha256: and 64 hexadecimal digits."),
    ],
  },
  "source-package": {
    struct: "ComponentSource",
    description: "A component from a registry.",
    fields: [
      may("registry", string, "The registry, when it is not the default one."),
      must("package", string, "The package: namespace:name."),
      must("version", string, "The exact version."),
    ],
  },
  "file-placement": {
    struct: "WasiFilesMount",
    description: "A file or directory, and where the component sees it.",
    fields: [
      must("source", string, "The file or directory, relative to spin.toml."),
      must("destination", string, "The path that the component sees."),
    ],
  },
  "target-url": {
    struct: "TargetEnvironmentRef",
    description: "A target environment by address.",
    fields: [must("url", string, "Address of the environment's definition.", since2)],
  },
  "target-path": {
    struct: "TargetEnvironmentRef",
    description: "A target environment by path.",
    fields: [must("path", string, "Path of the environment's definition.", since2)],
  },
  "static-response": {
    struct: "StaticResponse",
    description: "A fixed answer.",
    open: true,
    fields: [
      may("status_code", { kind: "u16" }, "The HTTP status.", { default: "200" }),
      may("headers", map(string), "Response headers.", { default: "{}" }),
      may("body", string, "The text of the answer."),
    ],
  },
  "private-route": {
    struct: "HttpPrivateEndpoint",
    description: "Reached by service chaining only.",
    fields: [must("private", boolean, "Must be true.")],
  },
  "executor-http": {
    struct: "HttpExecutorType",
    description: "The component exports an HTTP handler.",
    fields: [must("type", string, '"http" (also "spin").')],
  },
  "executor-wagi": {
    struct: "HttpExecutorType",
    description: "The component is a command that speaks CGI.",
    fields: [
      must("type", string, '"wagi".'),
      may("argv", string, "The arguments.", { default: '"${SCRIPT_NAME} ${ARGS}"' }),
      may("entrypoint", string, "The function to call.", { default: '"_start"', deprecated: "no entrypoint" }),
    ],
  },
  "dependency-package": {
    struct: "ComponentDependency",
    description: "A dependency from a registry.",
    fields: [
      must("version", string, "The version wanted, e.g. >= 0.1.0.", since2),
      may("registry", string, "The registry, when it is not the default one.", since2),
      may("package", string, "The package, when it is not named by the import.", since2),
      export_,
      inheritField,
    ],
  },
  "dependency-path": {
    struct: "ComponentDependency",
    description: "A dependency from a file.",
    fields: [must("path", string, "Path of the Wasm file.", since2), export_, inheritField],
  },
  "dependency-url": {
    struct: "ComponentDependency",
    description: "A dependency from the web.",
    fields: [
      must("url", string, "Address of the Wasm file.", since2),
      must("digest", string, "SHA-256 of the file: sha256: and 64 hexadecimal digits.", since2),
      export_,
      inheritField,
    ],
  },
  "dependency-component": {
    struct: "ComponentDependency",
    description: "Another component of the application as a dependency.",
    fields: [must("component", kebab, "The component's id.", since2), export_, inheritField],
  },
};

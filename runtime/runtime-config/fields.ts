/**
 * What a runtime config may have, once: the parser refuses by these tables, the editor completes and explains by them. Names
 * and order are those of Spin's `runtime-config`, `variables` and `key-value-*` crates.
 */
export interface ConfigField {
  name: string;
  /** One line, shown on completion and hover. */
  description: string;
  required?: boolean;
  /** As TOML, with `$1` where the person goes on. A string where it is missing. */
  value?: string;
}

/** A table whose `type` decides about its other fields. */
export interface ConfigVariant {
  type: string;
  description: string;
  /** Of a type that a tab can do nothing with: it is read, and never offered. */
  elsewhere?: boolean;
  fields: readonly ConfigField[];
}

const required = (name: string, description: string): ConfigField => ({ name, description, required: true });

/** Of `[[variables_provider]]`, in the order of Spin's message. */
export const providerVariants: readonly ConfigVariant[] = [
  { type: "azure_key_vault", description: "Secrets of Azure Key Vault.", elsewhere: true, fields: [] },
  {
    type: "static",
    description: "Values of this file.",
    fields: [{ ...required("values", "A value for each variable, by its name."), value: '{ ${1:name} = "$2" }' }],
  },
  {
    type: "vault",
    description:
      "Secrets of a HashiCorp Vault, read anew by each request. It must allow the application's origin (CORS).",
    fields: [
      required("url", "Address of the Vault, with its port."),
      required("token", "The token that the Vault is asked with."),
      required("mount", "Where the KV engine (version 2) is mounted, for example secret."),
      { name: "prefix", description: "Path of the secrets below the mount." },
    ],
  },
  {
    type: "env",
    description: "The environment, which a tab does not have: the Variables panel takes its place.",
    fields: [
      { name: "prefix", description: "What the names of the environment variables begin with." },
      { name: "dotenv_path", description: "A file of environment variables." },
    ],
  },
];

const path: ConfigField = {
  name: "path",
  description: "Where native Spin keeps the data. In a tab it has no meaning: the data is in the browser.",
};
const inTheBrowser = (what: string): ConfigVariant => ({
  type: "spin",
  description: `${what} of its own in this browser.`,
  fields: [path],
});
const elsewhere = (type: string): ConfigVariant => ({ type, description: "", elsewhere: true, fields: [] });
export const storeVariants: readonly ConfigVariant[] = [
  inTheBrowser("A store"),
  ...["redis", "azure_cosmos", "aws_dynamo"].map(elsewhere),
];
export const databaseVariants: readonly ConfigVariant[] = [inTheBrowser("A database"), elsewhere("libsql")];

/** A key of the file. */
export type ConfigKey = ConfigField &
  ({ form: "value" } | { form: "unread" } | { form: "list" | "labelled"; variants: readonly ConfigVariant[] });

const unread = (name: string, description: string): ConfigKey => ({ name, description, form: "unread" });

/** Those of `form` "unread" are right in the file, and have no effect in a tab. */
export const configKeys: readonly ConfigKey[] = [
  unread("state_dir", "Where native Spin keeps its data."),
  unread("log_dir", "Where native Spin writes logs."),
  {
    name: "max_instance_memory",
    description: "Bytes of memory that an instance may have.",
    value: "${1:67108864}",
    form: "value",
  },
  {
    name: "variables_provider",
    description: "Where values of application variables come from, the first that has one.",
    form: "list",
    variants: providerVariants,
  },
  {
    name: "key_value_store",
    description: "What backs a label of key_value_stores.",
    form: "labelled",
    variants: storeVariants,
  },
  {
    name: "sqlite_database",
    description: "What backs a label of sqlite_databases.",
    form: "labelled",
    variants: databaseVariants,
  },
  unread("llm_compute", "Which models components may ask: a tab has none."),
  unread("client_tls", "Certificates for requests: in a tab the browser decides."),
  unread("outbound_networking", "Networks that are blocked: a page does not learn of them."),
  ...["outbound_http", "outbound_redis", "outbound_pg", "outbound_mysql", "outbound_mqtt"].map((name) =>
    unread(name, "Limits of connections of native Spin."),
  ),
];

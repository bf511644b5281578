/** Small applications for tests. Each is a whole native project: manifest, package.json, sources. */

export interface ProjectOptions {
  /** TOML lines of the component section, e.g. `key_value_stores = ["default"]`. */
  component?: string;
  /** Further files. */
  files?: Record<string, string>;
}

/** An application of one component, `main`, on route `/...`, with this TypeScript source. */
export function project(source: string, { component = "", files = {} }: ProjectOptions = {}): Record<string, string> {
  return {
    "spin.toml": `spin_manifest_version = 2

[application]
name = "test-app"
version = "1.0.0"

[[trigger.http]]
route = "/..."
component = "main"

[component.main]
source = "dist/main.wasm"
${component}

[component.main.build]
command = "npm run build"
watch = ["src/**/*.ts"]
`,
    "package.json": JSON.stringify({
      name: "test-app",
      type: "module",
      scripts: { build: "j2w -i build/bundle.js -o dist/main.wasm" },
    }),
    "src/index.ts": source,
    ...files,
  };
}

export interface ComponentProject {
  source: string;
  /** As TOML, e.g. `"/..."` or `{ private = true }`. */
  route: string;
  /** Further TOML lines of the component section. */
  section?: string;
}

/** An application of several components by id, each a project in a folder of its own. */
export function application(components: Record<string, ComponentProject>): Record<string, string> {
  const head = 'spin_manifest_version = 2\n\n[application]\nname = "test-app"\nversion = "1.0.0"\n';
  const sections = Object.entries(components).map(
    ([id, { route, section = "" }]) => `
[[trigger.http]]
route = ${route}
component = "${id}"

[component.${id}]
source = "${id}/dist/main.wasm"
${section}

[component.${id}.build]
command = "npm run build"
workdir = "${id}"
`,
  );
  const files = Object.entries(components).flatMap(([id, { source }]) => [
    [`${id}/src/index.ts`, source],
    [
      `${id}/package.json`,
      JSON.stringify({
        name: id,
        type: "module",
        scripts: { build: "j2w -i build/bundle.js -o dist/main.wasm" },
      }),
    ],
  ]);
  return { "spin.toml": [head, ...sections].join(""), ...Object.fromEntries(files) };
}

/** A source whose fetch listener has this body; `request` and `url` are at hand, and it returns a Response. */
export function listener(body: string, imports = ""): string {
  return `${imports}
async function handle(request: Request): Promise<Response> {
  const url = new URL(request.url);
  ${body}
}
addEventListener("fetch", (event: FetchEvent) => event.respondWith(handle(event.request)));
`;
}

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

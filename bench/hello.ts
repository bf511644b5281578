/** The application that is measured: the smallest that a person would write. */
export const sourcePath = "src/index.ts";

/** @param revision is part of the answer, so that an old build cannot pass for a new one */
export function helloSource(revision: string): string {
  return `addEventListener("fetch", (event: FetchEvent) => {
  event.respondWith(new Response("hello ${revision}"));
});
`;
}

export const helloFiles: Record<string, string> = {
  "spin.toml": `spin_manifest_version = 2

[application]
name = "hello"
version = "0.1.0"

[[trigger.http]]
route = "/..."
component = "hello"

[component.hello]
source = "dist/hello.wasm"

[component.hello.build]
command = "npm install && npm run build"
watch = ["src/**/*.ts"]
`,
  "package.json": JSON.stringify({ name: "hello", type: "module", scripts: { build: "node build.mjs" } }),
  [sourcePath]: helloSource("0"),
};

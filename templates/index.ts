/** The templates, each a folder that is a native Spin project. The files of one load when it is opened, in one piece. */
export interface Template {
  id: string;
  description: string;
  /** Path in the new workspace → text. */
  files(): Promise<Record<string, string>>;
}

/** All templates; the first is the sample that a first visitor sees. */
export const templates: readonly Template[] = [
  template(
    "kv-counter",
    "Counts page views in the key-value store. TypeScript, itty-router",
    () => import("./kv-counter.ts"),
  ),
  template("http-ts", "Routes, the request and a variable. TypeScript, itty-router", () => import("./http-ts.ts")),
  template("http-js", "The same, smaller. JavaScript, itty-router", () => import("./http-js.ts")),
];

function template(id: string, description: string, load: () => Promise<{ files: Record<string, string> }>): Template {
  return { id, description, files: async () => withoutPrefix((await load()).files) };
}

function withoutPrefix(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/^\.\//, ""), text]));
}

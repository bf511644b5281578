/** The templates, each a folder that is a native Spin project. Their files load when a template is opened. */
const sources = import.meta.glob<string>(
  ["./*/**", "./*/.gitignore", "!./*/node_modules/**", "!./*/dist/**", "!./*/build/**"],
  { query: "?raw", import: "default" },
);

export interface Template {
  id: string;
  description: string;
  /** Path in the new workspace → text. */
  files(): Promise<Record<string, string>>;
}

const descriptions: Record<string, string> = {
  "kv-counter": "Counts page views in the key-value store. TypeScript, itty-router",
  "http-ts": "Routes, the request and a variable. TypeScript, itty-router",
  "http-js": "The same, smaller. JavaScript, itty-router",
};

/** All templates; the first is the sample that a first visitor sees. */
export const templates: readonly Template[] = Object.entries(descriptions).map(([id, description]) => ({
  id,
  description,
  files: () => loadFiles(id),
}));

async function loadFiles(id: string): Promise<Record<string, string>> {
  const prefix = `./${id}/`;
  const own = Object.entries(sources).filter(([path]) => path.startsWith(prefix));
  const loaded = own.map(async ([path, load]) => [path.slice(prefix.length), await load()] as const);
  return Object.fromEntries(await Promise.all(loaded));
}

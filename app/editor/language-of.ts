const languages: Record<string, string> = {
  ts: "typescript",
  tsx: "typescript",
  mts: "typescript",
  cts: "typescript",
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  json: "json",
  jsonc: "json",
  html: "html",
  htm: "html",
  css: "css",
  toml: "toml",
  md: "markdown",
};

/** The editor's language for a path, by its extension. */
export function languageOf(path: string): string {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return languages[extension] ?? "plaintext";
}

/** Whether the type checker looks at the file: TypeScript sources of the person, not what a build or npm made. */
export function isTypeChecked(path: string): boolean {
  return languageOf(path) === "typescript" && !/(^|\/)(node_modules|dist|build)\//.test(path);
}

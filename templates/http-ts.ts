/** The files of the template `http-ts`, as one chunk. Keys begin with `./`. */
export const files = import.meta.glob<string>(["./**", "./.gitignore", "!./{node_modules,dist,build}/**"], {
  base: "./http-ts",
  eager: true,
  query: "?raw",
  import: "default",
});

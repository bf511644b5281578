/** The files of the template `http-js`, as one chunk. Keys begin with `./`. */
export const files = import.meta.glob<string>(["./**", "./.gitignore", "!./{node_modules,dist,build}/**"], {
  base: "./http-js",
  eager: true,
  query: "?raw",
  import: "default",
});

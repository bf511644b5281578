/** The files of the template `kv-counter`, as one chunk. Keys begin with `./`. */
export const files = import.meta.glob<string>(["./**", "./.gitignore", "!./{node_modules,dist,build}/**"], {
  base: "./kv-counter",
  eager: true,
  query: "?raw",
  import: "default",
});

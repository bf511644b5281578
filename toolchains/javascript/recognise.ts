/** Steps of a build command that only fetch packages, or tidy: the pack has the packages already. */
const preparation =
  /^(?:npm (?:ci|i|install|add)|pnpm (?:i|install|add)|yarn(?: install| add)?|bun (?:i|install|add)|(?:npx )?(?:mkdirp?|rimraf)|rm|cp|cd)(?:\s|$)/;

/** Steps that make JavaScript or a component of it. */
const build = [
  /^(?:npm|pnpm|bun) run [\w:-]+/,
  /^yarn (?:run )?[\w:-]+/,
  /^pnpm (?:exec )?[\w:-]+/,
  /^(?:npx|bunx|npm exec|yarn dlx|pnpm dlx)\s+(?:-\S+\s+)*(?:esbuild|webpack|rollup|tsup|vite|tsc|j2w|knitwit|jco|spin-build)\b/,
  /^(?:\.\/)?node_modules\/\.bin\/[\w-]+/,
  /^(?:esbuild|webpack|rollup|tsup|tsc|j2w|knitwit|jco componentize)(?:\s|$)/,
  /^spin js2wasm\b/,
  /^(?:node|tsx|bun)\s+(?:-\S+\s+)*[\w./-]+\.[cm]?[jt]s\b/,
];

/** Whether a native build command is one of a JavaScript or TypeScript project. */
export function isJavaScriptBuild(command: string): boolean {
  const steps = command
    .split(/&&|;|\n/)
    .map((step) => step.trim().replace(/\s+/g, " "))
    .filter((step) => step !== "");
  const isPreparation = (step: string) => preparation.test(step) && !/^yarn (?!install|add)/.test(step);
  const isBuild = (step: string) => !isPreparation(step) && build.some((pattern) => pattern.test(step));
  return steps.some(isBuild) && steps.every((step) => isPreparation(step) || isBuild(step));
}

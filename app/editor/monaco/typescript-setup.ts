import { typescript } from "./monaco.ts";

/** Where the toolchain puts the declarations of what sources may import: a path below `node_modules` to its text. */
const typesAddress = "/packs/javascript/types.json";

/** What sources may rely on beside the Web's own names: the event that a component answers requests with. */
const fetchEventTypes = `
declare function addEventListener(type: "fetch", listener: (event: FetchEvent) => void | Promise<void>): void;
`;

// TypeScript's own number for "bundler"; Monaco's declarations stop at an older compiler's list.
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
const bundlerResolution = 100 as typescript.ModuleResolutionKind;
/** TypeScript's own number for "force", which Monaco's declarations lack. */
const everyFileIsAModule = 3;

/** Compiler options as the templates' `tsconfig.json` has them, and the declarations of the SDK once they are fetched. */
export function setUpTypeScript(): void {
  const options = {
    target: typescript.ScriptTarget.ESNext,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: bundlerResolution,
    // The compiler in Monaco has the iterators of Headers and streams apart; newer ones have them in the first.
    lib: ["lib.esnext.d.ts", "lib.webworker.d.ts", "lib.webworker.iterable.d.ts", "lib.webworker.asynciterable.d.ts"],
    strict: true,
    noEmit: true,
    allowJs: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    // As the bundler has it. Otherwise files without import and export share one scope, those of all components.
    moduleDetection: everyFileIsAModule,
    skipLibCheck: true,
    allowNonTsExtensions: true,
    allowImportingTsExtensions: true,
  };
  for (const defaults of [typescript.typescriptDefaults, typescript.javascriptDefaults]) {
    defaults.setCompilerOptions(options);
    // The studio checks by itself, over all files at once; see type-check.ts.
    defaults.setModeConfiguration({ ...defaults.modeConfiguration, diagnostics: false });
    defaults.setEagerModelSync(true);
    defaults.addExtraLib(fetchEventTypes, "file:///spin-fetch-event.d.ts");
  }
}

/** Fetches the SDK's declarations. Whether they came: without them imports have no types, and all else works. */
export async function addSdkTypes(): Promise<boolean> {
  const declarations = await fetchDeclarations();
  if (declarations === undefined) return false;
  const libs = Object.entries(declarations).map(([path, content]) => ({ filePath: `file:///${path}`, content }));
  for (const defaults of [typescript.typescriptDefaults, typescript.javascriptDefaults]) {
    defaults.setExtraLibs([{ filePath: "file:///spin-fetch-event.d.ts", content: fetchEventTypes }, ...libs]);
  }
  return true;
}

async function fetchDeclarations(): Promise<Record<string, string> | undefined> {
  try {
    const response = await fetch(typesAddress);
    if (!response.ok) return undefined;
    return (await response.json()) as Record<string, string>;
  } catch (error) {
    // Offline, or a build without packs. Editing goes on without the SDK's types.
    console.warn("The SDK's type declarations could not be fetched.", error);
    return undefined;
  }
}

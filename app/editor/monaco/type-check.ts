import type { TypeScriptWorker } from "monaco-editor/languages/features/typescript/register";
import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { isTypeChecked } from "../language-of.ts";
import { uriOf, type WorkspaceModels } from "./models.ts";
import { typescript } from "./monaco.ts";

type TypeScriptDiagnostic = Awaited<ReturnType<TypeScriptWorker["getSemanticDiagnostics"]>>[number];

const pauseMilliseconds = 400;

/**
 * Checks all TypeScript files a moment after the last change, in Monaco's worker. All of them each time: a change in
 * one file makes errors in another, which Monaco's own checking overlooks.
 */
export function createTypeCheck(
  models: WorkspaceModels,
  report: (file: string, diagnostics: Diagnostic[]) => void,
): { schedule(): void; dispose(): void } {
  const told = new Set<string>();
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (file: string, diagnostics: Diagnostic[]): void => {
    if (diagnostics.length === 0 && !told.delete(file)) return;
    if (diagnostics.length > 0) told.add(file);
    report(file, diagnostics);
  };

  const check = async (): Promise<void> => {
    const own = ++round;
    const paths = models.paths().filter(isTypeChecked);
    for (const gone of [...told].filter((path) => !paths.includes(path))) tell(gone, []);
    if (paths.length === 0) return;
    const uris = paths.map(uriOf);
    const worker = await (await typescript.getTypeScriptWorker())(...uris);
    for (const [index, path] of paths.entries()) {
      const uri = uris[index]?.toString() ?? "";
      // A newer round has begun, or the file is gone: what this one finds may be old.
      const isOver = (): boolean => own !== round || models.get(path) === undefined;
      const found = await diagnosticsOf(worker, uri).catch((error: unknown) => {
        // The worker fails over a file that goes meanwhile, as when another workspace is opened.
        if (!isOver()) throw error;
        return [];
      });
      if (isOver()) return;
      tell(
        path,
        found.filter((one) => one.category <= 1).map((one) => toDiagnostic(models, path, one)),
      );
    }
  };

  return {
    schedule() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        // Types are a help, not a condition for running: a worker that fails must not stop the studio.
        check().catch((error: unknown) => console.error("Type checking failed.", error));
      }, pauseMilliseconds);
    },
    dispose() {
      clearTimeout(timer);
      round += 1;
      for (const path of told) report(path, []);
    },
  };
}

async function diagnosticsOf(worker: TypeScriptWorker, uri: string): Promise<TypeScriptDiagnostic[]> {
  return [...(await worker.getSyntacticDiagnostics(uri)), ...(await worker.getSemanticDiagnostics(uri))];
}

function toDiagnostic(models: WorkspaceModels, file: string, found: TypeScriptDiagnostic): Diagnostic {
  const position = models.get(file)?.getPositionAt(found.start ?? 0);
  return {
    severity: found.category === 1 ? "error" : "warning",
    code: `ts-${found.code}`,
    message: flatten(found.messageText),
    file,
    line: position?.lineNumber ?? 1,
    column: position?.column ?? 1,
  };
}

/** A chain of reasons as indented lines, as the compiler prints it. */
function flatten(message: TypeScriptDiagnostic["messageText"], depth = 0): string {
  if (typeof message === "string") return message;
  const reasons = (message.next ?? []).map((next) => flatten(next, depth + 1));
  return ["  ".repeat(depth) + message.messageText, ...reasons].join("\n");
}

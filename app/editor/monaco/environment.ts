// Vite makes the default export of a `?worker` import; the linter looks into the file itself.
/* oxlint-disable import/default, import/no-named-as-default */
import CssWorker from "monaco-editor/languages/features/css/css.worker?worker";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import HtmlWorker from "monaco-editor/languages/features/html/html.worker?worker";
import JsonWorker from "monaco-editor/languages/features/json/json.worker?worker";
import TypeScriptWorker from "monaco-editor/languages/features/typescript/ts.worker?worker";

const workers: Record<string, new () => Worker> = {
  css: CssWorker,
  html: HtmlWorker,
  javascript: TypeScriptWorker,
  json: JsonWorker,
  typescript: TypeScriptWorker,
};

/**
 * Tells Monaco where its workers are: scripts of the studio's own origin, since the way that Monaco takes by itself
 * (a worker from a blob) is what the studio's content security policy forbids.
 */
export function provideWorkers(): void {
  globalThis.MonacoEnvironment = {
    getWorker: (_moduleId: string, label: string) => new (workers[label] ?? EditorWorker)(),
  };
}

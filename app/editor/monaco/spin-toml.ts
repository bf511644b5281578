import type { editor, IRange, languages } from "monaco-editor/editor";
import { manifestPath, runtimeConfigPath } from "../../kernel/check.ts";
import { studioStore } from "../../kernel/store.ts";
import type { TomlRange } from "../../../runtime/manifest/toml-tree.ts";
import { configCompletionsAt } from "../runtime-config/completion.ts";
import { configHoverAt } from "../runtime-config/hover.ts";
import type { Completion } from "../spin-toml/completion-item.ts";
import { completionsAt } from "../spin-toml/completion.ts";
import { type Fix, fixesFor, improvementsAt } from "../spin-toml/fixes.ts";
import { type Hover, hoverAt } from "../spin-toml/hover.ts";
import { markerRange } from "./markers.ts";
import { uriOf } from "./models.ts";
import { monaco } from "./monaco.ts";

type Model = editor.ITextModel;

/**
 * Teaches Monaco the Spin manifest of the workspace: completion, hover and quick fixes; and completion and hover of the runtime
 * config. Other TOML files are left alone.
 */
export function registerSpinToml(): void {
  const selector = { language: "toml", pattern: uriOf(manifestPath).path };
  explain(selector, manifestCompletions, hoverAt);
  explain({ language: "toml", pattern: uriOf(runtimeConfigPath).path }, configCompletionsAt, configHoverAt);
  monaco.languages.registerCodeActionProvider(
    selector,
    { provideCodeActions: (model, range) => ({ actions: codeActions(model, range), dispose: () => undefined }) },
    { providedCodeActionKinds: ["quickfix"] },
  );
}

function explain(
  selector: languages.LanguageFilter,
  completions: (text: string, offset: number) => Completion[],
  hovers: (text: string, offset: number) => Hover | undefined,
): void {
  monaco.languages.registerCompletionItemProvider(selector, {
    triggerCharacters: ["[", ".", '"', "{", "=", " "],
    provideCompletionItems: (model, position) => ({
      suggestions: completions(model.getValue(), model.getOffsetAt(position)).map((one, index) =>
        suggestion(model, one, index),
      ),
    }),
  });
  monaco.languages.registerHoverProvider(selector, {
    provideHover(model, position) {
      const hover = hovers(model.getValue(), model.getOffsetAt(position));
      return hover && { contents: [{ value: hover.text }], range: rangeOf(model, hover.range) };
    },
  });
}

function manifestCompletions(text: string, offset: number): Completion[] {
  const { files } = studioStore.getState().workspace;
  const runtimeConfig = files[runtimeConfigPath];
  const surroundings = {
    paths: Object.keys(files),
    ...(typeof runtimeConfig === "string" ? { runtimeConfig } : {}),
  };
  return completionsAt(text, offset, surroundings);
}

function suggestion(model: Model, completion: Completion, index: number): languages.CompletionItem {
  return {
    label: completion.label,
    kind: kinds[completion.kind],
    insertText: completion.insert,
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    range: rangeOf(model, completion.range),
    sortText: `${completion.rank.toString().padStart(2, "0")}${index.toString().padStart(4, "0")}`,
    ...(completion.detail === undefined ? {} : { detail: completion.detail }),
    ...(completion.documentation === undefined ? {} : { documentation: { value: completion.documentation } }),
    ...(completion.goesOn === true ? { command: { id: "editor.action.triggerSuggest", title: "Suggest" } } : {}),
    ...(completion.deprecated === true ? { tags: [monaco.languages.CompletionItemTag.Deprecated] } : {}),
  };
}

const { CompletionItemKind } = monaco.languages;
const kinds: Record<Completion["kind"], languages.CompletionItemKind> = {
  table: CompletionItemKind.Module,
  field: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
};

/** Fixes of the findings whose markers the range touches, and better spellings of what is there. */
function codeActions(model: Model, range: IRange): languages.CodeAction[] {
  const text = model.getValue();
  const touched = studioStore
    .getState()
    .diagnostics.filter((finding) => finding.file === manifestPath)
    .filter((finding) => monaco.Range.areIntersectingOrTouching(range, markerRange(model, finding)));
  const fixes = touched.flatMap((finding) =>
    fixesFor(text, finding).map((fix, index) => codeAction(model, fix, index === 0)),
  );
  const at = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn });
  return [...fixes, ...improvementsAt(text, at).map((fix) => codeAction(model, fix, false))];
}

function codeAction(model: Model, { title, edits }: Fix, isPreferred: boolean): languages.CodeAction {
  return {
    title,
    kind: "quickfix",
    isPreferred,
    edit: {
      edits: edits.map(({ start, end, text }) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: { range: rangeOf(model, { start, end }), text },
      })),
    },
  };
}

function rangeOf(model: Model, { start, end }: TomlRange): IRange {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

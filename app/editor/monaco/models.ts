import type { editor, Uri } from "monaco-editor/editor";
import type { WorkspaceState } from "../../kernel/state.ts";
import { minimalEdit } from "../../utils/minimal-edit.ts";
import { languageOf } from "../language-of.ts";
import { monaco } from "./monaco.ts";

type Model = editor.ITextModel;

/** One Monaco model for each text file of the workspace. */
export interface WorkspaceModels {
  /** Takes over the workspace's files: makes, changes and disposes of models as needed. */
  sync(files: WorkspaceState["files"]): void;
  get(path: string): Model | undefined;
  paths(): string[];
  dispose: () => void;
}

/** `onEdit` is called for what the person types, never for what `sync` changes. */
export function createWorkspaceModels(onEdit: (path: string, text: string) => void): WorkspaceModels {
  const models = new Map<string, { model: Model; seen: string }>();
  let syncing = false;

  const add = (path: string, text: string): void => {
    const model = monaco.editor.createModel(text, languageOf(path), uriOf(path));
    const entry = { model, seen: text };
    model.onDidChangeContent(() => {
      if (syncing) return;
      entry.seen = model.getValue();
      onEdit(path, entry.seen);
    });
    models.set(path, entry);
  };

  const update = (entry: { model: Model; seen: string }, text: string): void => {
    // What was seen is compared, not the model's text: a model makes line ends uniform, the workspace does not.
    if (entry.seen === text) return;
    entry.seen = text;
    const edit = minimalEdit(entry.model.getValue(), text);
    if (edit === undefined) return;
    const start = entry.model.getPositionAt(edit.start);
    const end = entry.model.getPositionAt(edit.end);
    const range = monaco.Range.fromPositions(start, end);
    // An edit, not a new value: cursors, folds and the undo history stay.
    entry.model.pushEditOperations([], [{ range, text: edit.text }], () => null);
  };

  const remove = (path: string): void => {
    models.get(path)?.model.dispose();
    models.delete(path);
  };

  return {
    sync(files) {
      syncing = true;
      try {
        for (const path of models.keys()) if (typeof files[path] !== "string") remove(path);
        for (const [path, content] of Object.entries(files)) {
          if (typeof content !== "string") continue;
          const entry = models.get(path);
          if (entry === undefined) add(path, content);
          else update(entry, content);
        }
      } finally {
        syncing = false;
      }
    },
    get: (path) => models.get(path)?.model,
    paths: () => [...models.keys()],
    dispose() {
      for (const path of models.keys()) remove(path);
    },
  };
}

/** A workspace path as the URI that Monaco and its TypeScript worker know it by. */
export function uriOf(path: string): Uri {
  return monaco.Uri.from({ scheme: "file", path: `/${path}` });
}

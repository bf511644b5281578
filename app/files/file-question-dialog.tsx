import { type ReactNode, useState } from "react";
import { runCommand } from "../commands/commands.ts";
import field from "../design/field.module.css";
import FormDialog from "../design/form-dialog.tsx";
import { normalisePath } from "../kernel/workspace-paths.ts";

/** What the person is asked about the files. Paths are workspace paths; the root folder is `""`. */
export type FileQuestion =
  | { kind: "new-file"; folder: string }
  | { kind: "new-folder"; folder: string }
  /** `files`: how many there are in a folder, or 1. */
  | { kind: "rename" | "delete"; path: string; files: number; folder: boolean };

interface FileQuestionDialogProps {
  question: FileQuestion;
  onClose: () => void;
  onNewFolder: (path: string) => void;
  onRenamed: (from: string, to: string) => void;
  onDeletedFolder: (path: string) => void;
}

/** Asks for a path, or whether to delete one, and does it. */
export default function FileQuestionDialog({
  question,
  onClose,
  onNewFolder,
  onRenamed,
  onDeletedFolder,
}: FileQuestionDialogProps): ReactNode {
  const [path, setPath] = useState(initialPath(question));
  const [touched, setTouched] = useState(false);

  const answer = async (): Promise<void> => {
    if (question.kind === "new-file") {
      const made = normalisePath(path);
      await runCommand("file.new", { path: made });
      await runCommand("file.open", { path: made });
    } else if (question.kind === "new-folder") {
      onNewFolder(normalisePath(path.replace(/\/+$/, "")));
    } else if (question.kind === "rename") {
      const to = normalisePath(path);
      if (question.files > 0) await runCommand("file.rename", { from: question.path, to });
      onRenamed(question.path, to);
    } else {
      if (question.files > 0) await runCommand("file.delete", { path: question.path });
      if (question.folder) onDeletedFolder(question.path);
    }
  };

  return (
    <FormDialog
      title={titles[question.kind]}
      description={describe(question)}
      action={actionNames[question.kind]}
      danger={question.kind === "delete"}
      disabled={question.kind !== "delete" && path.trim() === ""}
      onSubmit={answer}
      onClose={onClose}
    >
      {question.kind !== "delete" && (
        <input
          className={`${field.field} ${field.code}`}
          aria-label="Path"
          value={path}
          onChange={(event) => setPath(event.target.value)}
          onFocus={(event) => {
            if (!touched) selectName(event.target);
            setTouched(true);
          }}
          spellCheck={false}
          autoCapitalize="off"
        />
      )}
    </FormDialog>
  );
}

const titles = { "new-file": "New file", "new-folder": "New folder", rename: "Rename", delete: "Delete" };
const actionNames = { "new-file": "Create", "new-folder": "Create", rename: "Rename", delete: "Delete" };

function describe(question: FileQuestion): string {
  if (question.kind === "new-file")
    return "Its path in the workspace, such as src/routes.ts. Missing folders are made.";
  if (question.kind === "new-folder") return "Its path in the workspace. A folder is saved once it holds a file.";
  if (question.kind === "rename") return "The new path in the workspace.";
  if (!question.folder) return `Delete ${question.path}? This cannot be undone.`;
  if (question.files === 0) return `Delete the empty folder ${question.path}?`;
  const files = question.files === 1 ? "the file" : `the ${question.files} files`;
  return `Delete ${question.path} and ${files} in it? This cannot be undone.`;
}

function initialPath(question: FileQuestion): string {
  if (question.kind === "rename" || question.kind === "delete") return question.path;
  return question.folder === "" ? "" : `${question.folder}/`;
}

/** Selects the last segment without its extension, which is what a person most often changes. */
function selectName(input: HTMLInputElement): void {
  const start = input.value.lastIndexOf("/") + 1;
  const point = input.value.lastIndexOf(".");
  input.setSelectionRange(start, point > start ? point : input.value.length);
}

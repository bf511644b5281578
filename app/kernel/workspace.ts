import { PlaygroundError } from "../../runtime/errors.ts";
import type { Autosave } from "./autosave.ts";
import { type FileContent, toFileContent } from "./file-content.ts";
import type { StudioStore } from "./store.ts";
import { isWithin, normalisePath, requireFree } from "./workspace-paths.ts";
import { newRecord, type StoredWorkspace, type WorkspaceRecord } from "./workspace-storage.ts";

/** The current workspace: changes its files in the store and has each change saved. Paths are normalised here. */
export interface Workspace {
  readonly record: WorkspaceRecord;
  /** Shows a workspace that is kept already. */
  show(id: string, workspace: StoredWorkspace): void;
  /** Shows a new workspace and has it kept. */
  create(id: string, files: Readonly<Record<string, FileContent>>): void;
  /** Returns whether anything changed. A new path must be free. */
  write(path: string, content: FileContent): boolean;
  /** As `write`, but the path must be new. Returns the path. */
  add(path: string, content: FileContent): string;
  /** A file, or a folder with all in it. */
  remove(path: string): void;
  rename(from: string, to: string): void;
  /** Gives an application variable a value, or takes it away; returns whether that changed anything. */
  setVariable(name: string, value: string | undefined): boolean;
  updateRecord(change: Partial<WorkspaceRecord>): void;
  /** Puts built files in place, together with the record that tells from what they were built. */
  place(outputs: Readonly<Record<string, FileContent>>, record: Partial<WorkspaceRecord>): void;
}

/** @param autosave Told of every change. */
export function createWorkspace(store: StudioStore, autosave: Autosave): Workspace {
  let record = newRecord(true);
  const current = () => store.getState().workspace;

  const show = (id: string, workspace: StoredWorkspace): void => {
    record = workspace.record;
    const { files, variables = {} } = workspace;
    const { profile = "" } = record;
    store.setState((state) => ({ workspace: { ...state.workspace, id, files }, variables, profile }));
  };

  const change = (write: Readonly<Record<string, FileContent>>, remove: string[], changed?: WorkspaceRecord): void => {
    record = changed ?? record;
    const files = { ...current().files };
    for (const path of remove) delete files[path];
    Object.assign(files, write);
    store.setState((state) => ({ workspace: { ...state.workspace, files } }));
    autosave.change(current().id, { write, remove, ...(changed === undefined ? {} : { record: changed }) });
  };

  const within = (path: string): string[] => {
    const paths = Object.keys(current().files).filter((other) => isWithin(other, path));
    if (paths.length === 0) throw new PlaygroundError("file-not-found", `There is no ${path} in the workspace.`);
    return paths;
  };

  return {
    get record() {
      return record;
    },
    show,
    create(id, files) {
      const { id: previous } = current();
      const fresh = newRecord(store.getState().autoRun);
      const workspace = { files: normaliseFiles(files), record: previous === "" ? fresh : { ...fresh, previous } };
      show(id, workspace);
      autosave.create(id, workspace);
    },
    write(rawPath, content) {
      const path = normalisePath(rawPath);
      const old = current().files[path];
      if (old === undefined) requireFree(path, Object.keys(current().files));
      const kept = toFileContent(path, content);
      if (old === kept) return false;
      change({ [path]: kept }, []);
      return true;
    },
    add(rawPath, content) {
      const path = normalisePath(rawPath);
      requireFree(path, Object.keys(current().files));
      change({ [path]: toFileContent(path, content) }, []);
      return path;
    },
    remove: (path) => change({}, within(normalisePath(path))),
    rename(rawFrom, rawTo) {
      const [from, to] = [normalisePath(rawFrom), normalisePath(rawTo)];
      if (from === to) return;
      const moved = within(from);
      const files = current().files;
      const others = Object.keys(files).filter((path) => !moved.includes(path));
      const write: Record<string, FileContent> = {};
      for (const path of moved) {
        const target = normalisePath(to + path.slice(from.length));
        requireFree(target, others);
        write[target] = files[path] ?? "";
      }
      const removed = moved.filter((path) => !(path in write));
      change(write, removed);
    },
    setVariable(name, value) {
      const variables = { ...store.getState().variables };
      if ((Object.hasOwn(variables, name) ? variables[name] : undefined) === value) return false;
      if (value === undefined) delete variables[name];
      else variables[name] = value;
      store.setState({ variables });
      autosave.change(current().id, { write: {}, remove: [], variables });
      return true;
    },
    updateRecord: (update) => change({}, [], { ...record, ...update }),
    place: (outputs, update) => change(outputs, [], { ...record, ...update }),
  };
}

/** Checks a whole set of files as `write` does one by one. */
function normaliseFiles(files: Readonly<Record<string, FileContent>>): Record<string, FileContent> {
  const kept: Record<string, FileContent> = {};
  for (const [rawPath, content] of Object.entries(files)) {
    const path = normalisePath(rawPath);
    requireFree(path, Object.keys(kept));
    kept[path] = toFileContent(path, content);
  }
  return kept;
}

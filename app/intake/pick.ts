import { type Arrival, arrivalOfFiles, arrivalOfFolder } from "./read-drop.ts";
import { folderOfHandle } from "./read-folder.ts";

/** Asks the person for files. `undefined` when they choose none. */
export async function pickFiles(): Promise<Arrival | undefined> {
  return chosen(await ask({ multiple: true }));
}

/**
 * Asks the person for a folder. Where the browser can list one, folders of what tools make are not entered; elsewhere all files
 * come at once, and those are left out.
 */
export async function pickFolder(): Promise<Arrival | undefined> {
  if (window.showDirectoryPicker === undefined) return chosen(await ask({ webkitdirectory: true }));
  try {
    return await arrivalOfFolder(folderOfHandle(await window.showDirectoryPicker({ mode: "read" })));
  } catch (error) {
    if (isCancelled(error)) return undefined;
    throw error;
  }
}

/** Whether a picker of the File System Access API was closed without a choice. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

function chosen(files: File[]): Arrival | undefined {
  return files.length === 0 ? undefined : arrivalOfFiles(files);
}

function ask(options: { multiple?: true; webkitdirectory?: true }): Promise<File[]> {
  const input = Object.assign(document.createElement("input"), { type: "file", ...options });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener("cancel", () => resolve([]), { once: true });
    input.click();
  });
}

declare global {
  interface Window {
    /** Chromium (File System Access); others have none. */
    showDirectoryPicker?: (options?: {
      id?: string;
      mode?: "read" | "readwrite";
    }) => Promise<FileSystemDirectoryHandle>;
  }
}

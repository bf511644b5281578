import { PlaygroundError } from "../../runtime/errors.ts";
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
  const handle = await pickHandle(window.showDirectoryPicker.bind(window));
  return handle && (await arrivalOfFolder(folderOfHandle(handle)));
}

/** Asks the person for a folder that can be read again. Rejects with `browser-unsupported`, saying which browsers have such. */
export async function pickFolderToWatch(): Promise<FileSystemDirectoryHandle | undefined> {
  if (window.showDirectoryPicker === undefined) {
    throw new PlaygroundError(
      "browser-unsupported",
      "This browser does not let a page watch a folder; Chrome, Edge and other Chromium browsers do, on a desktop. Here, open the folder again after each build.",
    );
  }
  return pickHandle(window.showDirectoryPicker.bind(window));
}

async function pickHandle(
  show: NonNullable<Window["showDirectoryPicker"]>,
): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await show({ mode: "read" });
  } catch (error) {
    // It was closed without a choice.
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
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

import { PlaygroundError } from "../../runtime/errors.ts";
import { type IncomingFile, intakeLimits, megabytes, requireFileSize, tooMuch } from "./incoming-file.ts";
import { manifestName, type Project, readProject } from "./project.ts";
import type { Arrival } from "./read-drop.ts";
import { readWasm, type ReadWasm } from "./wasm-application.ts";

/** What an arrival turns out to be. */
export type Content =
  | { kind: "project"; project: Project }
  | { kind: "wasm"; components: ReadWasm[] }
  /** Anything else: files for the workspace that is open. */
  | { kind: "files"; files: Record<string, Uint8Array<ArrayBuffer>> };

/** Reads an arrival whole, so that nothing is changed when something is wrong with it. Rejects with a `PlaygroundError`. */
export async function readArrival({ name, files, isFolder }: Arrival): Promise<Content> {
  const [first] = files;
  if (first === undefined && !isFolder) throw new PlaygroundError("file-invalid", "No file was given.");
  if (isFolder || files.some(({ path }) => path === manifestName)) {
    return { kind: "project", project: await readProject(name, files) };
  }
  const isZip = ({ path }: IncomingFile): boolean => /\.zip$/i.test(path);
  if (files.length === 1 && first !== undefined && isZip(first)) {
    if (first.size > intakeLimits.zipBytes) {
      throw tooMuch(`${name} has ${megabytes(first.size)}`, megabytes(intakeLimits.zipBytes));
    }
    const { readZip } = await import("./read-zip.ts");
    return { kind: "project", project: await readProject(name, await readZip(name, await first.bytes())) };
  }
  if (files.some(isZip)) throw new PlaygroundError("file-invalid", "Open a zip by itself: it is a whole application.");
  const wasm = files.filter(({ path }) => /\.wasm$/i.test(path));
  if (wasm.length > 0 && wasm.length < files.length) {
    const message = `There is no ${manifestName} among these files. Open Wasm files by themselves, or a whole folder.`;
    throw new PlaygroundError("manifest-missing", message);
  }
  if (wasm.length > 0) {
    const components: ReadWasm[] = [];
    for (const file of wasm) components.push(await readWasm(file));
    return { kind: "wasm", components };
  }
  const read: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const file of files) {
    requireFileSize(file);
    read[file.path] = await file.bytes();
  }
  return { kind: "files", files: read };
}

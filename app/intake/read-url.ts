import { wasmKind } from "../../runtime/component/component-sections.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { IncomingFile } from "./incoming-file.ts";
import { manifestNames } from "./manifest-names.ts";
import { manifestName } from "./project.ts";
import type { Arrival } from "./read-drop.ts";

/** Fetches a file from anywhere; rejects with `component-unavailable` and the reason, as `EngineApi.download`. */
export type Download = (url: string) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Fetches Wasm, a zip, or a `spin.toml` together with the Wasm that it names beside itself. What it is is told by its bytes,
 * since servers and addresses say anything. `notes` says what of a manifest could not be had. Rejects with `file-invalid`
 * or as `download` does.
 */
export async function arrivalOfUrl(
  address: string,
  download: Download,
): Promise<{ arrival: Arrival; notes: string[] }> {
  const url = URL.parse(address.trim());
  if (url === null) throw new PlaygroundError("file-invalid", `${JSON.stringify(address)} is no URL.`);
  const bytes = await download(url.href);
  const name = decodeName(url);
  if (isZip(bytes)) return alone(withEnding(name, ".zip"), bytes);
  if (isWasm(bytes)) return alone(withEnding(name, ".wasm"), bytes);
  const text = new TextDecoder().decode(bytes);
  if (!/^\s*spin_(?:manifest_)?version\s*=/m.test(text)) {
    const page = /^\s*</.test(text) ? " It looks like a web page: take the address of the file itself." : "";
    throw new PlaygroundError("file-invalid", `${url.href} is neither Wasm, nor a zip, nor a spin.toml.${page}`);
  }
  return manifestAt(url, text, bytes, download);
}

async function manifestAt(
  url: URL,
  text: string,
  bytes: Uint8Array<ArrayBuffer>,
  download: Download,
): Promise<{ arrival: Arrival; notes: string[] }> {
  const names = manifestNames(text);
  const notes: string[] = [];
  const files = [given(manifestName, bytes)];
  for (const source of new Set(names.sources)) {
    try {
      files.push(given(source, await download(new URL(source, url).href)));
    } catch (error) {
      if (!(error instanceof PlaygroundError) || error.code !== "component-unavailable") throw error;
      notes.push(`${source} could not be fetched: ${error.message}.`);
    }
  }
  if (names.mountsFiles) notes.push("Files that it mounts were not fetched: a server does not list its folders.");
  return { arrival: { name: url.href, files, isFolder: true }, notes };
}

function alone(name: string, bytes: Uint8Array<ArrayBuffer>): { arrival: Arrival; notes: string[] } {
  return { arrival: { name, files: [given(name, bytes)], isFolder: false }, notes: [] };
}

function given(path: string, bytes: Uint8Array<ArrayBuffer>): IncomingFile {
  return { path, size: bytes.length, bytes: () => Promise.resolve(bytes) };
}

function isZip([a, b]: Uint8Array): boolean {
  return a === 0x50 && b === 0x4b;
}

function isWasm(bytes: Uint8Array): boolean {
  try {
    wasmKind(bytes);
    return true;
  } catch {
    // Something else then, which the caller looks into.
    return false;
  }
}

/** The last part of the address's path, for people. */
function decodeName({ pathname, hostname }: URL): string {
  const last = pathname.split("/").findLast((segment) => segment !== "") ?? hostname;
  try {
    return decodeURIComponent(last).replaceAll("/", "-");
  } catch {
    return last;
  }
}

function withEnding(name: string, ending: string): string {
  return name.toLowerCase().endsWith(ending) ? name : `${name}${ending}`;
}

import { configure, type FileEntry, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js/lib/zip-core-native.js";
import { PlaygroundError } from "../../runtime/errors.ts";
import { type IncomingFile, intakeLimits, megabytes, tooMuch } from "./incoming-file.ts";

// The browser's own streams expand beside the page's thread; the policy of the page allows no workers out of blobs.
configure({ useWebWorkers: false });

/**
 * Lists the files of a zip by its central directory. A file is expanded when its bytes are asked for, and no further than
 * to the size that the directory gives: so limits on sizes hold for what comes out of a zip that lies about them, too.
 * Rejects with `file-invalid` for what is no whole zip, and with `limit-exceeded`.
 */
export async function readZip(name: string, zip: Uint8Array<ArrayBuffer>): Promise<IncomingFile[]> {
  if (zip.length > intakeLimits.zipBytes) {
    throw tooMuch(`${name} has ${megabytes(zip.length)}`, megabytes(intakeLimits.zipBytes));
  }
  const files: IncomingFile[] = [];
  try {
    for await (const entry of new ZipReader(new Uint8ArrayReader(zip)).getEntriesGenerator()) {
      if (entry.directory) continue;
      if (files.length >= intakeLimits.entries) {
        throw tooMuch(`${name} has over ${intakeLimits.entries} files`, `${intakeLimits.entries} files`);
      }
      if (entry.encrypted) throw invalid(`${name} is encrypted, and the playground asks for no passwords.`);
      files.push({ path: entry.filename, size: entry.uncompressedSize, bytes: () => expand(name, entry) });
    }
  } catch (cause) {
    if (cause instanceof PlaygroundError) throw cause;
    throw invalid(
      `${name} is no whole zip file: ${messageOf(cause)}. Perhaps it was cut off; get it once more.`,
      cause,
    );
  }
  return files;
}

async function expand(name: string, entry: FileEntry): Promise<Uint8Array<ArrayBuffer>> {
  const { filename, uncompressedSize: size } = entry;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const counted = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(chunk) {
      length += chunk.length;
      if (length > size) throw invalid(`${filename} in ${name} expands to more than the ${size} bytes that it claims.`);
      chunks.push(chunk.slice());
    },
  });
  try {
    await entry.getData(counted, { checkSignature: true });
  } catch (cause) {
    if (cause instanceof PlaygroundError) throw cause;
    throw invalid(`${filename} in ${name} cannot be expanded: ${messageOf(cause)}.`, cause);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function invalid(message: string, cause?: unknown): PlaygroundError {
  return new PlaygroundError("file-invalid", message, { cause });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { contentType } from "./content-type.ts";

/** How long a browser may keep a file: for ever, until the server says otherwise on each use, or not at all. */
export type Caching = "immutable" | "revalidate" | "none";

const cacheControl: Readonly<Record<Caching, string>> = {
  immutable: "public, max-age=31536000, immutable",
  revalidate: "no-cache",
  none: "no-store",
};

/** Siblings that the build makes, in order of preference: content coding and file suffix. */
const codings = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

export interface StaticFileOptions {
  caching: Caching;
  headers?: OutgoingHttpHeaders;
}

/**
 * Answers with a file below `root`, compressed when the build left a compressed sibling that the client accepts.
 *
 * @param path a path that `requestPath` let through, relative to `root`
 * @returns false, with nothing sent, when there is no such file
 */
export async function sendStaticFile(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  path: string,
  { caching, headers = {} }: StaticFileOptions,
): Promise<boolean> {
  const plain = await fileAt(join(root, path));
  if (!plain) return false;
  const { file, coding } = await preferredVariant(plain, request.headers["accept-encoding"] ?? "");
  const etag = `"${file.modified.toString(36)}-${file.size.toString(36)}${coding ? `-${coding}` : ""}"`;

  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.setHeader("Cache-Control", cacheControl[caching]);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Vary", "Accept-Encoding");
  if (caching !== "none") response.setHeader("ETag", etag);
  if (caching !== "none" && matches(request.headers["if-none-match"], etag)) {
    response.writeHead(304).end();
    return true;
  }
  response.setHeader("Content-Type", contentType(path));
  response.setHeader("Content-Length", file.size);
  if (coding) response.setHeader("Content-Encoding", coding);
  response.writeHead(200);
  if (request.method === "HEAD") response.end();
  else await send(file.path, response);
  return true;
}

interface FileInfo {
  path: string;
  size: number;
  /** Milliseconds since the epoch. */
  modified: number;
}

async function fileAt(path: string): Promise<FileInfo | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, size: found.size, modified: Math.trunc(found.mtimeMs) } : undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return undefined;
    throw error;
  }
}

async function preferredVariant(plain: FileInfo, accepted: string): Promise<{ file: FileInfo; coding?: string }> {
  for (const [coding, suffix] of codings) {
    if (!accepts(accepted, coding)) continue;
    const file = await fileAt(plain.path + suffix);
    // A sibling older than its file belongs to an earlier build.
    if (file && file.modified >= plain.modified) return { file, coding };
  }
  return { file: plain };
}

function accepts(header: string, coding: string): boolean {
  return header.split(",").some((entry) => {
    const [name, ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}

async function send(path: string, response: ServerResponse): Promise<void> {
  try {
    await pipeline(createReadStream(path), response);
  } catch (error) {
    // The client went away before the end: nobody is left to tell.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}

import type { ByteSource } from "./byte-stream.ts";
import type { OutboundRequest } from "./context.ts";
import { streamBody } from "./outbound-body.ts";
import type { OutboundAnswer } from "./outbound-response.ts";
import type { OutboundTarget } from "./outbound-target.ts";
import { fieldValueFromByteString, fieldValueToByteString, type FieldEntry } from "./wasi-http-fields.ts";

/** Headers and trailers are all that the component gave, as byte strings: what a browser would keep to itself is there. */
type InsideHeaders = [name: string, value: string][];

/** A request that does not leave the application. It goes no way of the browser's, so nothing of it is lost. */
export interface InsideRequest {
  method: string;
  url: string;
  headers: InsideHeaders;
  body: ReadableStream<Uint8Array> | null;
  /** Settles (never rejects) at the end of the body. */
  trailers?: Promise<InsideHeaders>;
  /** Aborts when nobody waits for the answer. */
  signal: AbortSignal;
}

export interface InsideResponse {
  status: number;
  headers: InsideHeaders;
  body: ByteSource;
  /** As those of the request. */
  trailers?: Promise<InsideHeaders>;
}

export interface InsideOptions {
  /** Answers from the application itself, through its routes. */
  self(request: InsideRequest): Promise<InsideResponse>;
  /** Answers from one component, whatever its route (service chaining). Rejects with `ChainError` when it cannot. */
  chain(componentId: string, request: InsideRequest): Promise<InsideResponse>;
  /** Aborted when the request is over for which the instance was made. */
  signal: AbortSignal;
}

/** Rejects with what the application failed of, or `ChainError`. */
export async function answerInside(
  options: InsideOptions,
  { method, headers, body, trailers, signal }: OutboundRequest,
  target: Exclude<OutboundTarget, { kind: "network" }>,
): Promise<OutboundAnswer> {
  const inside: InsideRequest = {
    method,
    url: target.url.href,
    // Spin sets it itself, from where the request goes.
    headers: toByteStrings(headers).filter(([name]) => name.toLowerCase() !== "host"),
    body: body === undefined ? null : streamBody(new Uint8Array(), body).stream,
    ...(trailers === undefined ? {} : { trailers: trailers.then(toByteStrings) }),
    signal: AbortSignal.any([options.signal, signal]),
  };
  const answered = await (target.kind === "self" ? options.self(inside) : options.chain(target.id, inside));
  return {
    ok: true,
    status: answered.status,
    headers: fromByteStrings(answered.headers),
    body: answered.body,
    ...(answered.trailers === undefined ? {} : { trailers: answered.trailers.then(fromByteStrings) }),
  };
}

function toByteStrings(entries: readonly FieldEntry[]): InsideHeaders {
  return entries.map(([name, value]) => [name, fieldValueToByteString(value)]);
}

function fromByteStrings(headers: Readonly<InsideHeaders>): FieldEntry[] {
  return headers.map(([name, value]) => [name, fieldValueFromByteString(value)]);
}

/** No HTTP trigger names the component that a request is for. Natively the component that asks traps. */
export class ChainError extends Error {
  override readonly name = "ChainError";

  constructor(componentId: string) {
    super(
      `unknown routing destination '${componentId}': the application has no component of that id with an HTTP trigger, ` +
        `so http://${componentId}.spin.internal leads nowhere`,
    );
  }
}

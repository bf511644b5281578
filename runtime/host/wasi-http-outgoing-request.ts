import type { InstanceContext } from "./context.ts";
import { Once } from "./once.ts";
import { Fields } from "./wasi-http-fields.ts";
import { contentLength, OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { isToken, type Method, type Scheme } from "./wasi-http-types.ts";
import { failure } from "./wit-error.ts";

/** RFC 3986, 3.1. */
const schemeSyntax = /^[A-Za-z][A-Za-z0-9+.-]*$/;
/** A host name, an IPv4 address or a bracketed IPv6 address, and perhaps a port; no user information. */
const authoritySyntax = /^(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
/** No control characters, spaces or fragment; bytes above ASCII are left to the URL parser to encode. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is there to find
const pathSyntax = /^[^\u0000-\u0020\u007f#]*$/;

/** `wasi:http/types.outgoing-request`. Constructed by the guest with headers alone: the context is bound before. */
export class OutgoingRequest {
  readonly #headers: Fields;
  readonly #body: OutgoingBody;
  readonly #handOut: Once<OutgoingBody>;
  #bodyTaken = false;
  #method: Method = { tag: "get" };
  #pathWithQuery: string | undefined;
  #scheme: Scheme | undefined;
  #authority: string | undefined;

  constructor(context: InstanceContext, headers: Fields) {
    this.#headers = Fields.immutable(headers.entries());
    this.#body = new OutgoingBody(context, "request", contentLength(headers));
    this.#handOut = new Once(this.#body);
  }

  body(): OutgoingBody {
    const body = this.#handOut.take();
    this.#bodyTaken = true;
    return body;
  }

  method(): Method {
    return this.#method;
  }

  setMethod(method: Method): void {
    if (method.tag === "other" && !isToken(method.val ?? "")) throw failure();
    this.#method = method;
  }

  pathWithQuery(): string | undefined {
    return this.#pathWithQuery;
  }

  setPathWithQuery(pathWithQuery: string | undefined): void {
    if (pathWithQuery !== undefined && !pathSyntax.test(pathWithQuery)) throw failure();
    this.#pathWithQuery = pathWithQuery;
  }

  scheme(): Scheme | undefined {
    return this.#scheme;
  }

  setScheme(scheme: Scheme | undefined): void {
    if (scheme?.tag === "other" && !schemeSyntax.test(scheme.val)) throw failure();
    this.#scheme = scheme;
  }

  authority(): string | undefined {
    return this.#authority;
  }

  setAuthority(authority: string | undefined): void {
    if (authority !== undefined) {
      const match = authoritySyntax.exec(authority);
      if (!match || Number(match[1] ?? 0) > 65_535) throw failure();
    }
    this.#authority = authority;
  }

  /** A view that cannot be changed. */
  headers(): Fields {
    return Fields.immutable(this.#headers.entries());
  }

  /** The host's way in: the body when the guest took it, else `undefined` and the request has none. */
  takenBody(): OutgoingBody | undefined {
    return this.#bodyTaken ? this.#body : undefined;
  }
}

/** `wasi:http/types.request-options`: time-outs in nanoseconds. */
export class RequestOptions {
  #connect: bigint | undefined;
  #firstByte: bigint | undefined;
  #betweenBytes: bigint | undefined;

  connectTimeout(): bigint | undefined {
    return this.#connect;
  }

  setConnectTimeout(duration: bigint | undefined): void {
    this.#connect = duration;
  }

  firstByteTimeout(): bigint | undefined {
    return this.#firstByte;
  }

  setFirstByteTimeout(duration: bigint | undefined): void {
    this.#firstByte = duration;
  }

  betweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytes;
  }

  setBetweenBytesTimeout(duration: bigint | undefined): void {
    this.#betweenBytes = duration;
  }
}

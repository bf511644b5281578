import type { InstanceContext } from "./context.ts";
import type { Fields } from "./wasi-http-fields.ts";
import { contentLength, OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { isToken, type Method, type Scheme } from "./wasi-http-types.ts";
import { failure } from "./wit-error.ts";

/** RFC 3986, 3.1. */
const schemeSyntax = /^[A-Za-z][A-Za-z0-9+.-]*$/;
/**
 * RFC 3986, 3.2, as far as Wasmtime's library reads it: user information, a host, a port of digits. A host may be left out
 * (`:443`), with which some SDKs mean the application itself. What cannot be sent is told when it is sent.
 */
const authoritySyntax =
  /^(?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?(?:[A-Za-z0-9._~!$&'()*+,;=-]*|\[[0-9A-Fa-f:.]+\])(?::\d*)?$/;
/**
 * Path and query as Wasmtime's library takes them: no control characters, spaces, `<` or `>`, no backtick in a path. A
 * fragment may follow, and is not sent. Bytes above ASCII are left to the URL parser to encode.
 */
const pathSyntax = /^[!"$-;=@-_a-~\u0080-\uffff]*(?:\?[!$-;=?-~\u0080-\uffff]*)?(?:#.*)?$/s;

/** `wasi:http/types.outgoing-request`. Constructed by the guest with headers alone: the context is bound before. */
export class OutgoingRequest {
  readonly #context: InstanceContext;
  readonly #headers: Fields;
  #body: OutgoingBody | undefined;
  #method: Method = { tag: "get" };
  #pathWithQuery: string | undefined;
  #scheme: Scheme | undefined;
  #authority: string | undefined;

  /** Takes over `headers`: nobody else may change them from now on. */
  constructor(context: InstanceContext, headers: Fields) {
    this.#context = context;
    this.#headers = headers;
  }

  /** Once; an error as well when `content-length` is no number. */
  body(): OutgoingBody {
    if (this.#body !== undefined) throw failure();
    this.#body = new OutgoingBody(this.#context, "request", contentLength(this.#headers));
    return this.#body;
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
    if (authority !== undefined && (authority === "" || !authoritySyntax.test(authority))) throw failure();
    this.#authority = authority;
  }

  /** A view that cannot be changed. */
  headers(): Fields {
    return this.#headers.view();
  }

  /** The host's way in: the body when the guest took it, else `undefined` and the request has none. */
  takenBody(): OutgoingBody | undefined {
    return this.#body;
  }

  /** Dropped without being sent: what is written into its body has no reader. */
  [Symbol.dispose](): void {
    this.#body?.content.source.cancel();
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

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

/** What the guest says of a request that it makes, beside headers and body. What it must not say is an `err`. */
export class RequestHead {
  #method: Method = { tag: "get" };
  #pathWithQuery: string | undefined;
  #scheme: Scheme | undefined;
  #authority: string | undefined;

  /** Of a request that comes from outside: not checked, since a browser may send what a guest may not. */
  receive(head: { method: Method; pathWithQuery: string; scheme: Scheme; authority: string }): void {
    this.#method = head.method;
    this.#pathWithQuery = head.pathWithQuery;
    this.#scheme = head.scheme;
    this.#authority = head.authority;
  }

  get method(): Method {
    return this.#method;
  }

  set method(method: Method) {
    if (method.tag === "other" && !isToken(method.val ?? "")) throw failure();
    this.#method = method;
  }

  get pathWithQuery(): string | undefined {
    return this.#pathWithQuery;
  }

  set pathWithQuery(pathWithQuery: string | undefined) {
    if (pathWithQuery !== undefined && !pathSyntax.test(pathWithQuery)) throw failure();
    this.#pathWithQuery = pathWithQuery;
  }

  get scheme(): Scheme | undefined {
    return this.#scheme;
  }

  set scheme(scheme: Scheme | undefined) {
    if (scheme?.tag === "other" && !schemeSyntax.test(scheme.val)) throw failure();
    this.#scheme = scheme;
  }

  get authority(): string | undefined {
    return this.#authority;
  }

  set authority(authority: string | undefined) {
    if (authority !== undefined && (authority === "" || !authoritySyntax.test(authority))) throw failure();
    this.#authority = authority;
  }
}

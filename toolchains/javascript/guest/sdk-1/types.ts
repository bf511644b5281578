/** The shapes of the Spin 1.0 JavaScript SDK (`@fermyon/spin-sdk` 0.x). */

export interface HttpRequest {
  method: string;
  /** Path and query. */
  uri: string;
  headers: Record<string, string>;
  body?: ArrayBuffer;
  text(): string;
  json(): any;
}

export interface HttpResponse {
  status: number;
  headers?: Record<string, string>;
  body?: ArrayBuffer | Uint8Array | string;
}

/** Answers a request by what it returns. */
export type HandleRequest = (request: HttpRequest) => Promise<HttpResponse>;

/** Answers a request by what it does to the response. */
export type Handler = (request: HttpRequest, response: ResponseBuilder) => Promise<void>;

export interface ResponseBuilder {
  statusCode: number;
  status(code: number): this;
  header(name: string, value: string): this;
  getHeader(name: string): string | null;
  body(data: ArrayBuffer | Uint8Array | string): this;
}

/** A request as a router needs it. */
export interface RequestLike {
  method: string;
  url: string;
  [key: string]: any;
}

export interface RoutedRequest extends RequestLike {
  params: Record<string, string>;
  query: Record<string, string | string[] | undefined>;
}

export type RouteHandler = (request: RoutedRequest, ...extras: any[]) => any;

type Route = (path: string, ...handlers: RouteHandler[]) => RouterType;

export interface RouterType {
  all: Route;
  delete: Route;
  get: Route;
  options: Route;
  patch: Route;
  post: Route;
  put: Route;
  /** Method, path pattern, handlers. */
  routes: [method: string, pattern: RegExp, handlers: RouteHandler[]][];
  handle(request: RequestLike, ...extras: any[]): Promise<any>;
  /** Routes on the full URL of a Spin request. */
  handleRequest(request: HttpRequest, ...extras: any[]): Promise<any>;
}

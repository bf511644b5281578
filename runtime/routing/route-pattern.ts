/** Route patterns of the HTTP trigger, as Spin's `routes` crate and routefinder 0.5 read and match them. */

/** What a pattern is made of, most specific kind first. A dot after exact text is part of that text. */
export type Segment =
  | { kind: "dot" }
  | { kind: "exact"; text: string }
  | { kind: "param"; name: string }
  | { kind: "wildcard" }
  | { kind: "slash" };

export interface RoutePattern {
  segments: readonly Segment[];
  /** The route with a leading slash, without one trailing slash, behind the application's base if it has one. Empty for `/`. */
  based: string;
  /** `based` without the wildcard. */
  prefix: string;
  wildcard: boolean;
}

export interface Captures {
  /** Values of `:name` segments in order; never empty, never decoded. */
  params: [name: string, value: string][];
  /** What a trailing wildcard took, without slashes at the ends; missing when the pattern has none. */
  rest?: string;
}

/** Parses a route as written in the manifest; the fault is routefinder's message. */
export function parseRoute(route: string): RoutePattern | { fault: string; based: string } {
  const based = withoutTrailingSlash(absolute(route));
  const suffix = ["/...", "/*"].find((suffix) => based.endsWith(suffix));
  const prefix = suffix === undefined ? based : based.slice(0, -suffix.length);
  const parsed = parseSegments(suffix === undefined ? based : `${prefix}/*`);
  if ("fault" in parsed) return { ...parsed, based };
  return { ...parsed, based, prefix, wildcard: suffix !== undefined };
}

function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

function withoutTrailingSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+/, "").replace(/(?<!\/)\/+$/, "");
}

function parseSegments(route: string): { segments: Segment[] } | { fault: string } {
  const segments: Segment[] = [];
  // The separators are kept, so pieces and separators alternate.
  for (const [index, piece] of trimSlashes(route)
    .split(/([/.])/)
    .entries()) {
    const last = segments.at(-1);
    if (last?.kind === "wildcard") return { fault: "wildcard must currently be the terminal segment" };
    if (index % 2 === 1) {
      if (piece === "/") segments.push({ kind: "slash" });
      else if (last?.kind === "exact") last.text += ".";
      else segments.push({ kind: "dot" });
    } else if (piece.startsWith("*")) {
      if (piece !== "*") {
        return {
          fault: `since there can only be one wildcard, it doesn't need a name. replace \`${piece}\` with \`*\``,
        };
      }
      segments.push({ kind: "wildcard" });
    } else if (piece.startsWith(":")) {
      if (piece === ":") return { fault: "params must be named" };
      segments.push({ kind: "param", name: piece.slice(1) });
    } else if (piece !== "") {
      if (last?.kind === "exact") last.text += piece;
      else segments.push({ kind: "exact", text: piece });
    }
  }
  return { segments };
}

/** Matches a request's path (undecoded, without query). Slashes at its ends do not count. */
export function matchRoute({ segments }: RoutePattern, path: string): Captures | undefined {
  const captures: Captures = { params: [] };
  let rest = trimSlashes(path);
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    switch (segment.kind) {
      case "exact":
        if (!rest.startsWith(segment.text)) return undefined;
        rest = rest.slice(segment.text.length);
        break;
      case "dot":
        if (!rest.startsWith(".")) return undefined;
        rest = rest.slice(1);
        break;
      case "slash":
        if (rest.startsWith("/")) rest = rest.slice(1);
        else if (rest !== "" || next?.kind !== "wildcard") return undefined;
        break;
      case "param": {
        const end = rest.search(next?.kind === "dot" ? /[./]/ : /\//);
        const value = end === -1 ? rest : rest.slice(0, end);
        if (value === "") return undefined;
        captures.params.push([segment.name, value]);
        rest = rest.slice(value.length);
        break;
      }
      case "wildcard":
        captures.rest = rest;
        rest = "";
    }
  }
  return rest === "" ? captures : undefined;
}

const specificity: Readonly<Record<Segment["kind"], number>> = { dot: 0, exact: 1, param: 2, wildcard: 3, slash: 4 };

/** Orders patterns as they are tried: the more specific one first. 0 when only the manifest's order decides. */
export function compareRoutes(a: RoutePattern, b: RoutePattern): number {
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other === undefined) break;
    const difference = specificity[segment.kind] - specificity[other.kind];
    if (difference !== 0) return difference;
  }
  const dots = ({ segments }: RoutePattern) => segments.filter(({ kind }) => kind === "dot").length;
  return dots(b) - dots(a) || a.segments.length - b.segments.length;
}

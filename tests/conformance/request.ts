import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import { spinHeaders } from "../../runtime/routing/headers.ts";
import type { RouteTable } from "../../runtime/routing/routes.ts";
import { wellKnown } from "../../runtime/routing/well-known.ts";
import type { ExpectedRequest } from "./case.ts";

/** What becomes of a request before a component sees it, in the fields of an expected request. */
export function answerTo(
  { path, host = "127.0.0.1:3000", client = "127.0.0.1:50000" }: ExpectedRequest,
  table: RouteTable,
  application: LockedApp["metadata"],
): Omit<ExpectedRequest, "path"> {
  const [pathname = ""] = path.split("?");
  const fixed = wellKnown(pathname, application);
  if (fixed !== undefined) return fixedAnswer(fixed);
  const match = table.match(pathname);
  if (match === undefined) return { status: 404, body: "" };
  const { route, pathInfo, params } = match;
  if (route.staticResponse !== undefined) {
    const { status_code: status, headers, body } = route.staticResponse;
    return fixedAnswer({ status, headers: Object.entries(headers ?? {}), body: body ?? "" });
  }
  const url = `http://${host}${path}`;
  const headers = spinHeaders(match, { url, headers: [["host", host]], clientAddress: client });
  return {
    to: route.componentId,
    path_info: pathInfo,
    params: Object.fromEntries(params),
    headers: Object.fromEntries(headers),
  };
}

function fixedAnswer({ status, headers, body }: { status: number; headers: [string, string][]; body: string }) {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return { status, body, headers: Object.fromEntries(headers), ...(type === undefined ? {} : { content_type: type }) };
}

import { sendText, type Answer } from "./answer.ts";
import { studioContentSecurityPolicy } from "./content-security-policy.ts";
import { requestPath } from "./request-path.ts";
import { portSuffix } from "./site.ts";
import { sendStaticFile, type Caching } from "./static-file.ts";

/** The built studio, packs included, from a folder. */
export function studioSite(root: string, studioHost: string): Answer {
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return sendText(response, 405, "The studio takes GET and HEAD only.");
    }
    const path = requestPath(request.url);
    if (path === undefined) return sendText(response, 400, "This is not a path.");
    const file = path === "/" ? "/index.html" : path;
    const sent = await sendStaticFile(request, response, root, file, {
      caching: studioCaching(file),
      headers: {
        "Content-Security-Policy": studioContentSecurityPolicy(studioHost + portSuffix(request.headers.host)),
        "Referrer-Policy": "same-origin",
      },
    });
    if (!sent) sendText(response, 404, "The studio has no such file.");
  };
}

/** Names that carry a hash of the content never change: Vite's below `assets/`, and packs that put one in the name. */
function studioCaching(path: string): Caching {
  return path.startsWith("/assets/") ? "immutable" : packCaching(path);
}

export function packCaching(path: string): Caching {
  return /[-.][0-9a-f]{8,64}\.[\w.]+$/.test(path) ? "immutable" : "revalidate";
}

import { enginePath, serviceWorkerPath } from "../runtime/protocol.ts";
import { sendText, type Answer } from "./answer.ts";
import { requestPath } from "./request-path.ts";
import { sendStaticFile } from "./static-file.ts";
import { packCaching } from "./studio-site.ts";

/**
 * What every application origin serves: the service worker, the engine with the packs, and the bootstrap page for all
 * other paths, which belong to the application and are answered by the service worker once it is there.
 *
 * @param root folder laid out as the origin is: `spin-playground-service-worker.js`, `.well-known/spin/playground/…`
 * @param packs folder of the packs; they are the studio's, and are seen here below the engine's path
 */
export function applicationSite(root: string, packs: string): Answer {
  return async (request, response) => {
    const path = requestPath(request.url);
    const packPath = path?.startsWith(`${enginePath}packs/`) ? path.slice(`${enginePath}packs`.length) : undefined;
    const readable = request.method === "GET" || request.method === "HEAD";

    if (readable && packPath !== undefined) {
      const caching = packCaching(packPath);
      if (!(await sendStaticFile(request, response, packs, packPath, { caching }))) missing();
    } else if (readable && path !== undefined && (path === serviceWorkerPath || path.startsWith(enginePath))) {
      const caching = path.startsWith(`${enginePath}assets/`) ? "immutable" : "revalidate";
      if (!(await sendStaticFile(request, response, root, path, { caching }))) missing();
    } else {
      // A path that is no file name for us (`/a/..%2fb`) may still be one for the application.
      const bootstrap = `${enginePath}bootstrap.html`;
      if (!(await sendStaticFile(request, response, root, bootstrap, { caching: "none" }))) missing();
    }

    function missing(): void {
      sendText(response, 404, "The engine has no such file.");
    }
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { sendText, type Answer } from "./answer.ts";
import { portSuffix, siteOf } from "./site.ts";

export interface Sites {
  /** Host name of the studio, without a port. Applications are one label below it. */
  studioHost: string;
  studio: Answer;
  application: Answer;
}

/**
 * Decides by host name what a request gets. This one function stands behind `npm start`, `npm run dev` and the tests.
 * A host that is none of ours is refused (421), so that no foreign name can be pointed at a local server.
 */
export function createHandler({ studioHost, studio, application }: Sites) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response);
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const site = siteOf(request.headers.host, studioHost);
      if (site.kind === "studio") await studio(request, response);
      else if (site.kind === "application") await application(request, response);
      else if (site.kind === "loopback") redirect(request, response);
      else sendText(response, 421, `This server answers for ${studioHost} and the applications below it.`);
    } catch (error) {
      console.error(`${request.method} ${request.url}:`, error);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, "The server could not read its files.");
    }
  }

  function redirect(request: IncomingMessage, response: ServerResponse): void {
    // The reference begins with two slashes and so keeps the scheme; its path cannot begin with two of its own.
    const path = (request.url ?? "/").replace(/^\/*/, "/");
    response.setHeader("Location", `//${studioHost}${portSuffix(request.headers.host)}${path}`);
    sendText(response, 302, `The studio is at ${studioHost}.`);
  }
}

import { chromium, type CDPSession } from "@playwright/test";
import { chromiumArguments, findChromium } from "../scripts/lib/chromium.ts";
import { fromWire, toWire, wireFunctions } from "./wire-values.ts";

/**
 * A Chromium with the flags of the tests, whose pages nobody watches: Playwright's own pages report every request to it,
 * which takes about a millisecond of each. Here the debugger only starts a function in a page and takes its result.
 */
export interface QuietBrowser {
  open(url: string): Promise<QuietPage>;
  /** For what is asked of the browser as a whole. */
  readonly session: CDPSession;
  close(): Promise<void>;
}

export interface QuietPage {
  /**
   * Calls a function in the page, which sees nothing of where it was written but its argument. Argument and result are
   * JSON, in which a `Uint8Array` may be anywhere. Rejects with what the function throws.
   */
  evaluate<Result>(run: () => Result): Promise<Awaited<Result>>;
  evaluate<Result, Argument>(run: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>>;
  /** Settles once the condition holds in the page, which may load anew meanwhile. */
  until(condition: () => unknown): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds between two looks at a condition, and after which it is given up. */
const glance = 50;
const patience = 60_000;

/** A function of the debugger's protocol, sent to one page. */
type Send = (method: string, parameters?: object) => Promise<{ result?: Evaluated; exceptionDetails?: Thrown }>;
interface Evaluated {
  value?: unknown;
}
interface Thrown {
  text: string;
  exception?: { description?: string };
}

export async function startQuietBrowser(): Promise<QuietBrowser> {
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath ? { executablePath } : {}) });
  const session = await browser.newBrowserCDPSession();
  const attach = attachTo(session);
  return {
    session,
    async open(url) {
      // In the default context of the browser, which Playwright leaves alone here: its contexts are others.
      const { targetId } = await session.send("Target.createTarget", { url });
      return quietPage(await attach(targetId), () => session.send("Target.closeTarget", { targetId }));
    },
    close: () => browser.close(),
  };
}

/** Calls with a quiet browser on a new profile, and closes it afterwards. */
export async function withQuietBrowser<T>(use: (browser: QuietBrowser) => Promise<T>): Promise<T> {
  const browser = await startQuietBrowser();
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

function quietPage(send: Send, close: () => Promise<unknown>): QuietPage {
  const evaluate = async (run: (argument: never) => unknown, argument?: unknown): Promise<unknown> => {
    const expression = `(async () => {
      ${wireFunctions}
      return toWire(await (${run.toString()})(fromWire(${JSON.stringify(toWire(argument))})));
    })()`;
    const { result, exceptionDetails } = await send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return fromWire(result?.value);
  };
  return {
    evaluate,
    async until(condition) {
      const deadline = Date.now() + patience;
      let failure: unknown;
      while (Date.now() < deadline) {
        try {
          if (await evaluate(condition)) return;
        } catch (error) {
          // A page that is just being left cannot answer; the next one can.
          failure = error;
        }
        await new Promise((resolve) => setTimeout(resolve, glance));
      }
      throw new Error(`Not so within ${patience / 1000} s: ${condition.toString()}`, { cause: failure });
    },
    async close() {
      await close();
    },
  };
}

interface Reply {
  id?: number;
  result?: object;
  error?: { message: string };
}

/** Speaks with targets over the browser's own session, since Playwright's sessions reach its own pages only. */
function attachTo(session: CDPSession): (targetId: string) => Promise<Send> {
  const waiting = new Map<number, { sessionId: string; settle: (reply: Reply) => void }>();
  let last = 0;
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const reply = JSON.parse(message) as Reply;
    if (reply.id === undefined) return;
    waiting.get(reply.id)?.settle(reply);
    waiting.delete(reply.id);
  });
  session.on("Target.detachedFromTarget", ({ sessionId: gone }) => {
    for (const { sessionId, settle } of waiting.values())
      if (sessionId === gone) settle({ error: { message: "the page was closed, or crashed" } });
  });
  return async (targetId) => {
    const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: false });
    return async (method, parameters = {}) => {
      const id = (last += 1);
      const replied = new Promise<Reply>((settle) => waiting.set(id, { sessionId, settle }));
      const message = JSON.stringify({ id, method, params: parameters });
      await session.send("Target.sendMessageToTarget", { sessionId, message });
      const { result, error } = await replied;
      if (error) throw new Error(`${method}: ${error.message}`);
      return result ?? {};
    };
  };
}

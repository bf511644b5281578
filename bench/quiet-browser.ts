import { chromium } from "@playwright/test";
import { chromiumArguments, findChromium } from "../scripts/lib/chromium.ts";
import { browserSession, type DebuggerSession } from "./debugger-session.ts";
import { fromWire, toWire, wireFunctions } from "./wire-values.ts";

/**
 * A Chromium with the flags of the tests, whose pages nobody watches: Playwright's own pages report every request to it,
 * which takes about a millisecond of each. Here the debugger only starts a function in a page and takes its result.
 */
export interface QuietBrowser {
  open(url: string): Promise<QuietPage>;
  /** For what is asked of the browser as a whole. */
  readonly session: DebuggerSession;
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

/** Calls with a quiet browser on a new profile, and closes it afterwards. */
export async function withQuietBrowser<T>(use: (browser: QuietBrowser) => Promise<T>): Promise<T> {
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath ? { executablePath } : {}) });
  try {
    const session = browserSession(await browser.newBrowserCDPSession());
    return await use({ session, open: (url) => openPage(session, url) });
  } finally {
    await browser.close();
  }
}

async function openPage(session: DebuggerSession, url: string): Promise<QuietPage> {
  // In the browser's default context, which Playwright leaves alone here: the contexts that it makes are others.
  const { targetId } = await session.send<{ targetId: string }>("Target.createTarget", { url });
  const { sessionId } = await session.send<{ sessionId: string }>("Target.attachToTarget", {
    targetId,
    flatten: false,
  });
  const page = session.attached(sessionId);

  const evaluate = async (run: (argument: never) => unknown, argument?: unknown): Promise<unknown> => {
    const { result, exceptionDetails } = await page.send<Evaluation>("Runtime.evaluate", {
      expression: `(async () => {
        ${wireFunctions}
        return toWire(await (${run.toString()})(fromWire(${JSON.stringify(toWire(argument))})));
      })()`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return fromWire(result.value);
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
      await session.send("Target.closeTarget", { targetId });
    },
  };
}

/** The reply to `Runtime.evaluate`. */
interface Evaluation {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

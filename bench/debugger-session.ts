import type { CDPSession } from "@playwright/test";

type Listener = (parameters: Record<string, unknown>) => void;

/**
 * A conversation with one target of the browser (a page, a worker) in the debugger's protocol. Playwright's own sessions
 * reach its own pages only; these go through the browser's session to any target, and from a page on to its workers.
 */
export interface DebuggerSession {
  /** Rejects when the target refuses, or goes away before it answers. */
  send<Result = object>(method: string, parameters?: object): Promise<Result>;
  on(event: string, listener: Listener): void;
  /** The session of a target that was attached to in this one, not flattened. */
  attached(sessionId: string): DebuggerSession;
}

interface Message {
  id?: number;
  result?: unknown;
  error?: { message: string };
  method?: string;
  params?: Record<string, unknown>;
}

/** Playwright's session, whose types know the protocol by heart; the messages here are few, and named where they are sent. */
interface AnySession {
  send(method: string, parameters?: object): Promise<unknown>;
  on(event: string, listener: Listener): unknown;
}

export function browserSession(playwrightSession: CDPSession): DebuggerSession {
  const session = playwrightSession as unknown as AnySession;
  const own: Pick<DebuggerSession, "send" | "on"> = {
    send: async <Result>(method: string, parameters?: object) => (await session.send(method, parameters)) as Result,
    on: (event, listener) => void session.on(event, listener),
  };
  return { ...own, attached: (sessionId) => attachedSession(own, sessionId) };
}

function attachedSession(parent: Pick<DebuggerSession, "send" | "on">, sessionId: string): DebuggerSession {
  const waiting = new Map<number, (reply: Message) => void>();
  const listeners: { event: string; listener: Listener }[] = [];
  let last = 0;
  parent.on("Target.receivedMessageFromTarget", (received) => {
    if (received["sessionId"] !== sessionId) return;
    const message = JSON.parse(String(received["message"])) as Message;
    if (message.id === undefined) {
      for (const { event, listener } of listeners) if (event === message.method) listener(message.params ?? {});
    } else {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  parent.on("Target.detachedFromTarget", (detached) => {
    if (detached["sessionId"] !== sessionId) return;
    for (const settle of waiting.values()) settle({ error: { message: "the target was closed, or crashed" } });
  });
  const own: Pick<DebuggerSession, "send" | "on"> = {
    async send<Result>(method: string, parameters: object = {}) {
      const id = (last += 1);
      const replied = new Promise<Message>((settle) => waiting.set(id, settle));
      const message = JSON.stringify({ id, method, params: parameters });
      await parent.send("Target.sendMessageToTarget", { sessionId, message });
      const { result, error } = await replied;
      if (error) throw new Error(`${method}: ${error.message}`);
      return result as Result;
    },
    on: (event, listener) => void listeners.push({ event, listener }),
  };
  return { ...own, attached: (child) => attachedSession(own, child) };
}

import type { ByteSource } from "./byte-stream.ts";
import type { OutboundRequest } from "./context.ts";
import { outboundErrorCodes } from "./outbound-error-codes.ts";
import { HttpError } from "./wasi-http-types.ts";

/** Spin's default for each time-out. */
const defaultTimeoutMs = 600_000;

/** The longest delay that `setTimeout` keeps; with a longer one it would not wait at all. */
const longestTimeout = 0x7fff_ffff;

/** Time-outs under way until the head of the response is there. */
export interface HeadTimeouts {
  /** Aborted when `first-byte-timeout` has passed. */
  readonly signal: AbortSignal;
  clear(): void;
}

/**
 * Starts the time-outs of a request. As in Spin, `first-byte-timeout` counts from the start. A browser does not show when a
 * connection is made, so `connect-timeout` ends nothing: `log` is told when it has passed without an answer.
 */
export function startHeadTimeouts(
  { firstByteTimeoutMs = defaultTimeoutMs, connectTimeoutMs }: OutboundRequest,
  log: (text: string) => void,
): HeadTimeouts {
  const controller = new AbortController();
  const firstByte = setTimeout(() => controller.abort(), Math.min(firstByteTimeoutMs, longestTimeout));
  const hint = (): void =>
    log(
      `There is no answer after ${connectTimeoutMs} ms, the connect-timeout. A browser does not show whether the ` +
        "connection was made, so the request goes on until its first-byte-timeout.",
    );
  const connect =
    connectTimeoutMs === undefined ? undefined : setTimeout(hint, Math.min(connectTimeoutMs, longestTimeout));
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(firstByte);
      clearTimeout(connect);
    },
  };
}

/**
 * The same stream, which fails when bytes are longer in coming than `between-bytes-timeout`. The time runs only from when
 * somebody waits for them, so a slow reader is no failure.
 */
export function limitGaps(source: ByteSource, milliseconds = defaultTimeoutMs): ByteSource {
  let late: HttpError | undefined;
  let waiting: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const waitForBytes = async (): Promise<void> => {
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(
        () => {
          const text = `No bytes of the response body came within ${milliseconds} ms.`;
          late = new HttpError(outboundErrorCodes.noFurtherBytes, text);
          source.cancel();
          resolve();
        },
        Math.min(milliseconds, longestTimeout),
      );
    });
    await Promise.race([source.ready(), timeout]);
    clearTimeout(timer);
    waiting = undefined;
  };

  return {
    take: (limit) => (late ? new Uint8Array(0) : source.take(limit)),
    get state() {
      return late ? "failed" : source.state;
    },
    get failure() {
      return late ?? source.failure;
    },
    get isReady() {
      return late !== undefined || source.isReady;
    },
    ready() {
      if (late !== undefined || source.isReady) return Promise.resolve();
      waiting ??= waitForBytes();
      return waiting;
    },
    cancel() {
      clearTimeout(timer);
      source.cancel();
    },
  };
}

import { PlaygroundError } from "../errors.ts";
import { bytesSource } from "../host/bytes-source.ts";
import { moduleHandlers } from "../host/core-module-facts.ts";
import type { ResponseOutparam } from "../host/http-exchange.ts";
import type { Preview1 } from "../host/preview1.ts";
import { manifestEnvironment } from "../host/preview1-process.ts";
import { GuestExit } from "../host/wasi-cli.ts";
import type { IncomingRequest } from "../host/wasi-http-incoming.ts";
import { methodName } from "../host/wasi-http-types.ts";
import type { Invocation } from "./invocation.ts";
import { mayWait } from "./jspi.ts";
import { wagiArguments, wagiEnvironment } from "./wagi-environment.ts";
import { composeResponse } from "./wagi-response.ts";
import { readBody, respond } from "./whole-messages.ts";

/**
 * Answers a request by a program, as Spin's WAGI executor does: the request in its arguments, environment and input, the
 * response out of all that it printed, once it has ended well.
 */
export async function handleByWagi(
  instance: WebAssembly.Instance,
  preview1: Preview1,
  { argv, mostOutput }: Invocation,
  request: IncomingRequest,
  outparam: ResponseOutparam,
): Promise<void> {
  const { context, world } = preview1;
  const pathWithQuery = request.pathWithQuery() ?? "/";
  const body = await readBody(request);
  const variables = wagiEnvironment({
    method: methodName(request.method()),
    pathWithQuery,
    headers: request.headers().entries(),
    contentLength: body.length,
  });
  const printed = new Output(mostOutput);
  world.args = wagiArguments(argv, pathWithQuery);
  world.environment = [...manifestEnvironment(context), ...variables.map(([name, value]) => `${name}=${value}`)];
  world.stdin = bytesSource(body);
  world.stdout = (bytes) => printed.write(bytes);
  await untilEnd(mayWait(instance.exports[moduleHandlers.command] as () => unknown));
  const output = await printed.bytes();
  if (output.length === 0) {
    throw new PlaygroundError(
      "instance-failed",
      `The "${context.component.id}" component is configured to use the WAGI executor but did not write to stdout. Check the ` +
        "`executor` in spin.toml.",
    );
  }
  return respond(context, outparam, composeResponse(output));
}

/** Runs the program. Ending itself with status 0 is an end like any other; any other status is a failure. */
async function untilEnd(start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof GuestExit) || error.status !== 0) throw error;
  }
}

/** What a program prints, up to a limit in bytes: then it is ended. */
class Output {
  readonly #most: number;
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #length = 0;

  constructor(most: number) {
    this.#most = most;
  }

  write(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length > this.#most) {
      throw new PlaygroundError(
        "limit-exceeded",
        `The program printed more than ${this.#most} bytes, the playground's limit for a response.`,
      );
    }
    this.#chunks.push(bytes.slice());
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Blob(this.#chunks).arrayBuffer());
  }
}

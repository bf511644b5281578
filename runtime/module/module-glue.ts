import { moduleHandlers, preview1 as preview1Name } from "../host/core-module-facts.ts";
import type { HostCalls } from "../host/host-calls.ts";
import type { ResponseOutparam } from "../host/http-exchange.ts";
import { Preview1 } from "../host/preview1.ts";
import type { IncomingRequest } from "../host/wasi-http-incoming.ts";
import { invariant } from "../errors.ts";
import { Guest } from "./guest.ts";
import type { Invocation } from "./invocation.ts";
import { type ImportName, linkImports } from "./link.ts";
import { inTrapWords } from "./trap-words.ts";
import { handleBySpin1 } from "./spin1-handler.ts";
import { createSpin1Imports } from "./spin1-imports.ts";
import { handleByWagi } from "./wagi-handler.ts";

/**
 * What for components is generated code, for core modules: written once, for all of them, with no name of a module in it.
 * It looks to the engine like any other glue; the `handle` that it gives takes a request as one of `wasi:http` does.
 *
 * @param module the shell of the module, see `component/shell.ts`
 * @param file the name under which it is asked for
 * @param handler one of `moduleHandlers`
 */
export function moduleGlue(module: WebAssembly.Module, file: string, handler: string) {
  const names: ImportName[] = WebAssembly.Module.imports(module)
    .filter(({ kind }) => kind === "function")
    .map(({ module: from, name }) => ({ module: from, name }));

  return {
    hostCallNames: names.map(({ module: from, name }) => `${from}#${name}`),

    instantiate(
      getCoreModule: (file: string) => WebAssembly.Module,
      hosts: Record<string, object>,
      instantiateCore: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
      hostCalls: HostCalls,
    ): Record<string, unknown> {
      const preview1 = hosts[preview1Name];
      invariant(preview1 instanceof Preview1, "A core module was linked without WASI preview 1.");
      const guest = new Guest();
      const linked = {
        preview1: preview1.functions(guest.memory),
        spin1: createSpin1Imports(hosts),
        guest,
        hostCalls,
      };
      const instance = instantiateCore(getCoreModule(file), linkImports(names, linked));
      guest.attach(instance);
      const handle = (request: IncomingRequest, outparam: ResponseOutparam, invocation: Invocation): Promise<void> =>
        inTrapWords(
          handler === moduleHandlers.command
            ? handleByWagi(instance, preview1, invocation, request, outparam)
            : handleBySpin1(instance, guest, preview1.context, request, outparam),
        );
      return { [handler]: { handle } };
    },
  };
}

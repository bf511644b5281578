import { PlaygroundError } from "../errors.ts";

/**
 * A host interface that the playground does not have. It can be linked, whatever the generated glue takes out of it: each
 * property is a function, which is a class with any static method and any method as well. Every call fails with a
 * `PlaygroundError` (`host-interface-unavailable`) that names interface and function, and so ends the instance.
 *
 * `name` is the interface's name with its version, e.g. `wasi:sockets/tcp@0.2.10`.
 */
export function unavailableInterface(name: string): object {
  return memoized((property) => unavailableItem(name, property));
}

/** What every refusal says of an interface that is not there. */
export function unavailableText(name: string, member: string): string {
  return `The component called ${member} of the host interface ${name}, which the playground does not have yet.`;
}

function unavailableItem(name: string, path: string): object {
  const fail = (): never => {
    throw new PlaygroundError("host-interface-unavailable", unavailableText(name, path));
  };
  const prototype = memoized((method) => unavailableMember(name, `${path}.${method}`));
  const statics = new Map<string, object>();
  // The target must be constructible, and its `prototype` is what the glue uses for handles it makes itself.
  function target(): void {}
  Object.defineProperty(target, "prototype", { value: prototype });
  return new Proxy(target, {
    apply: fail,
    construct: fail,
    get(_target, property) {
      if (property === "prototype") return prototype;
      if (typeof property === "symbol" || property === "then") return undefined;
      const known = statics.get(property) ?? unavailableMember(name, `${path}.${property}`);
      statics.set(property, known);
      return known;
    },
  });
}

function unavailableMember(name: string, path: string): object {
  return (): never => {
    throw new PlaygroundError("host-interface-unavailable", unavailableText(name, path));
  };
}

/**
 * An object that has every property, made at first use and the same ever after. `then` and symbols are left out: with
 * them an `await` of the object would call it, and the glue would take it for disposable.
 */
function memoized(make: (property: string) => object): object {
  const made = new Map<string, object>();
  return new Proxy(
    {},
    {
      get(_target, property) {
        if (typeof property === "symbol" || property === "then") return undefined;
        const known = made.get(property) ?? make(property);
        made.set(property, known);
        return known;
      },
      has: (_target, property) => typeof property === "string" && property !== "then",
    },
  );
}

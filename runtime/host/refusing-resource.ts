import { compatibilityTrack, hostInterfaces } from "./wit-facts.ts";
import { WitError } from "./wit-error.ts";

type ResourceClass = new () => object;

/**
 * A resource whose every method answers with one error code. For resources that exist by the WIT and that this host
 * never hands out or cannot serve. Which methods there are is taken from the table of facts.
 */
export function refusingResource(interfaceName: string, resource: string, errorCode: string): ResourceClass {
  class RefusingResource {
    /** Its WIT name, for people who look at it. */
    readonly resource = resource;
  }
  const facts = hostInterfaces[compatibilityTrack(interfaceName)];
  const prefix = `[method]${resource}.`;
  for (const name of [...(facts?.suspends ?? []), ...(facts?.immediate ?? [])]) {
    if (!name.startsWith(prefix)) continue;
    Object.defineProperty(RefusingResource.prototype, camelCase(name.slice(prefix.length)), {
      value() {
        throw new WitError(errorCode);
      },
    });
  }
  return RefusingResource;
}

/** The name that jco gives a WIT function in JavaScript: `open-at` -> `openAt`. */
export function camelCase(witName: string): string {
  return witName.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

import type { InstanceContext } from "./context.ts";
import { addressDenial, type Denial, modelDenial } from "./fermyon-spin-denials.ts";
import { unavailableText } from "./unavailable.ts";
import { WitError } from "./wit-error.ts";

/** The interfaces of `fermyon:spin@2.0.0` that a component may import and that have no back end here yet. */
export const unavailableSpinInterfaces = ["llm", "mysql"] as const;

export type UnavailableSpinInterface = (typeof unavailableSpinInterfaces)[number];

/**
 * The error case in which an interface can say, in text, what its other cases cannot: from the WIT of
 * `fermyon:spin@2.0.0` (`mysql` uses the error of `rdbms-types`).
 */
const errorCase = {
  llm: "runtime-error",
  mysql: "other",
} as const satisfies Record<UnavailableSpinInterface, string>;

/** What Spin itself answers where it was built without a model, as its releases are. */
const noModel = "Local LLM operations are not supported in this version of Spin.";

/**
 * These interfaces as a component sees them: they can be linked, and every way in (`open`, `infer`,
 * `generate-embeddings`) is denied as in Spin unless the manifest permits it. What is permitted answers with the interface's
 * own error, so that the component can handle it as it would handle a database that is down. A line on the component's
 * stderr says the same. No connection ever exists, hence no methods.
 */
export function fermyonSpinUnavailable(context: InstanceContext): Record<UnavailableSpinInterface, object> {
  const refuse = (name: UnavailableSpinInterface, member: string): never => {
    const text = unavailableText(`fermyon:spin/${name}@2.0.0`, member);
    const why = name === "mysql" ? " There is no MySQL that runs in a browser." : "";
    const told = `${text}${why} Native Spin has it: the same application works there.`;
    context.log("stderr", new TextEncoder().encode(`${told}\n`));
    throw new WitError({ tag: errorCase[name], val: name === "llm" ? noModel : told });
  };

  const deny = (denial: Denial | undefined): void => {
    if (denial !== undefined) throw new WitError(denial);
  };

  const connectionOf = (
    name: UnavailableSpinInterface,
    denial: (address: string) => Denial | undefined,
  ): { Connection: { open(address: string): unknown } } => ({
    Connection: class Connection {
      private constructor() {}

      static open(address: string): Connection {
        deny(denial(address));
        return refuse(name, "connection.open");
      }
    },
  });
  const serverOf = (name: "mysql") => connectionOf(name, (address) => addressDenial(context, name, address));
  const model = (member: string) => (name: string) => {
    deny(modelDenial(context, name));
    return refuse("llm", member);
  };

  return {
    mysql: serverOf("mysql"),
    llm: { infer: model("infer"), generateEmbeddings: model("generate-embeddings") },
  };
}

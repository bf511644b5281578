import type { KeyPath, Position, PositionIndex } from "./positions.ts";

/** Finds where the parts of a locked application stand in its manifest, whatever version that is of. */
export class ManifestPositions {
  readonly file: string;
  readonly #index: PositionIndex;
  readonly #components: ReadonlyMap<string, KeyPath>;
  readonly #triggers: ReadonlyMap<string, KeyPath>;

  constructor(
    file: string,
    index: PositionIndex,
    components: ReadonlyMap<string, KeyPath>,
    triggers: ReadonlyMap<string, KeyPath>,
  ) {
    this.file = file;
    this.#index = index;
    this.#components = components;
    this.#triggers = triggers;
  }

  /** The value of a component's field (`"source"`, or `"key_value_stores", 0`), or of the component itself. */
  component(id: string, ...field: KeyPath): Position {
    return this.#index.value([...(this.#components.get(id) ?? []), ...field]);
  }

  /** The name of an application variable, where it is declared. */
  variable(name: string): Position {
    return this.#index.key(["variables", name]);
  }

  /** The value of a trigger's field, or of the trigger itself. In version 1 that is in the component's table. */
  trigger(id: string, ...field: KeyPath): Position {
    return this.#index.value([...(this.#triggers.get(id) ?? []), ...field]);
  }
}

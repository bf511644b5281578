/**
 * What the pack and the tab agree on about the template component: the JavaScript engine, already a component of the
 * superset world, that has not run anyone's code yet.
 */

/** Names under which the template's core exports its initialisers. A built component has none of them. */
export const templateExports = { initialize: "spin-playground:initialize", main: "spin-playground:main" } as const;

/** A mutable global of the core, exported so that its value can be read after the initialisation. */
export const templateGlobal = (index: number): string => `spin-playground:global:${index}`;

/** Whether a core export exists for the toolchain alone. */
export const isTemplateExport = (name: string): boolean => name.startsWith("spin-playground:");

/** `template.json`: what the engine wants to read when it initialises. */
export interface TemplateMetadata {
  /** Generated script that gives the engine the WIT imports and exports; runs before the source. */
  initializer: string;
  /** Environment that describes the imports and exports to the engine. */
  environment: Record<string, string>;
  /** Versioned names that guest code can import, e.g. `fermyon:spin/key-value@2.0.0`. */
  imports: string[];
}

/** The name that the engine knows the bundle by; it stands in every stack trace. */
export const sourceName = "source.js";

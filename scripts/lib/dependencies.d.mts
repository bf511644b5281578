/** Types of dependencies.mjs, which is JavaScript since it runs before tsx is installed. */
export type Packages = Record<string, { version?: string; optional?: boolean; devOptional?: boolean }>;
export function ensureDependencies(): Promise<void>;
export function isOutOfDate(wanted: Packages, installed: Packages): boolean;

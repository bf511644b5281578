/** Functions of preview 1 by name. 64-bit parameters come as bigint; the result is an errno. */
export type HostFunctions = Record<string, (...parameters: never[]) => number>;

/** The results that are used here. */
export const errno = { success: 0, badf: 8, noent: 44, spipe: 70 } as const;

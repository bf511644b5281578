/** Bytes of one key with its value: a command writes the whole value of each key that it changes. */
export const valueBytes = 16 * 1024 * 1024;

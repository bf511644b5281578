/** JSON that may hold bytes, as it goes to a page and back: a `Uint8Array` becomes `{ base64: "…" }`. */
export function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    let text = "";
    for (let at = 0; at < value.length; at += 32_768) text += String.fromCharCode(...value.subarray(at, at + 32_768));
    return { base64: btoa(text) };
  }
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry)]));
  return value;
}

export function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value !== "object" || value === null) return value;
  if ("base64" in value && typeof value.base64 === "string")
    return Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fromWire(entry)]));
}

/** Both as text for a page. `__name` is what the loader of these sources puts around functions to keep their names. */
export const wireFunctions = `const __name = (value) => value; ${toWire.toString()}; ${fromWire.toString()};`;

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
const length = 12;

/**
 * A new workspace id: 12 random characters out of 36 (62 bits), begun by a letter, fit for a DNS label. The id names
 * the application origin, so it is never used twice.
 */
export function newWorkspaceId(random: (bytes: Uint8Array<ArrayBuffer>) => void = fillRandom): string {
  let id = "";
  const bytes = new Uint8Array(4 * length);
  while (id.length < length) {
    random(bytes);
    for (const byte of bytes) {
      const choices = id === "" ? 26 : alphabet.length;
      // Values above the last whole multiple would make some characters likelier than others.
      if (byte >= 256 - (256 % choices) || id.length === length) continue;
      id += alphabet.charAt(byte % choices);
    }
  }
  return id;
}

/** The origin on which a workspace's application runs, e.g. `http://a1b2c3d4e5f6.play.localhost:5173`. */
export function applicationOrigin(
  workspaceId: string,
  studioLocation: { readonly protocol: string; readonly host: string },
): string {
  return `${studioLocation.protocol}//${workspaceId}.${studioLocation.host}`;
}

function fillRandom(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}

import { expect, it } from "vitest";
import { decodePreparedFile, encodePreparedFile, type PreparedFile } from "./prepared-file.ts";

function fileWith(image: Partial<PreparedFile["image"]>): PreparedFile {
  return {
    shell: "sha256:1",
    handler: "wasi:http/incoming-handler@0.2.10",
    imports: ["wasi:io/poll@0.2.10"],
    image: { bytes: new Uint8Array(), initialPages: 2, globals: {}, ...image },
  };
}

it("gives back what was written", () => {
  const bytes = new Uint8Array(5_000);
  bytes.set([1, 2, 3], 7);
  bytes[100] = 9;
  bytes[4_999] = 255;
  const file = fileWith({ bytes, maximumPages: 7, globals: { a: -3, b: 2n ** 62n, c: 1.5 } });
  expect(decodePreparedFile(encodePreparedFile(file))).toEqual(file);
});

it("leaves out the zeros", () => {
  const bytes = new Uint8Array(1_000_000);
  bytes[500_000] = 1;
  expect(encodePreparedFile(fileWith({ bytes })).length).toBeLessThan(400);
});

it("keeps an empty image", () => {
  expect(decodePreparedFile(encodePreparedFile(fileWith({})))).toEqual(fileWith({}));
});

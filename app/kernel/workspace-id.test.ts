import { expect, it } from "vitest";
import { applicationOrigin, newWorkspaceId } from "./workspace-id.ts";

it("makes ids that are DNS labels and differ", () => {
  const ids = new Set(Array.from({ length: 500 }, () => newWorkspaceId()));
  expect(ids.size).toBe(500);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]{11}$/);
});

it("draws again when the random bytes are of no use", () => {
  let round = 0;
  const id = newWorkspaceId((bytes) => bytes.fill(round++ === 0 ? 255 : 1));
  expect(id).toBe("b".repeat(12));
  expect(round).toBe(2);
});

it("puts the id before the studio's host and port", () => {
  expect(applicationOrigin("abc", { protocol: "http:", host: "play.localhost:5173" })).toBe(
    "http://abc.play.localhost:5173",
  );
});

import { describe, expect, it } from "vitest";
import { readSettings, SettingsError } from "./settings.ts";

describe("readSettings", () => {
  it("has defaults, for empty values too", () => {
    expect(readSettings({ PORT: "" })).toEqual({ studioHost: "play.localhost", port: 5173 });
  });

  it("takes host and port from the environment", () => {
    const environment = { PLAYGROUND_HOST: "play.example.com", PORT: "0" };
    expect(readSettings(environment)).toEqual({ studioHost: "play.example.com", port: 0 });
  });

  it.each([{ PORT: "65536" }, { PORT: "http" }, { PORT: "-1" }])("refuses $PORT as a port", (environment) => {
    expect(() => readSettings(environment)).toThrow(/PORT must be a number/);
  });

  it.each(["http://play.example.com", "play.localhost:5173", "localhost", "Play.example.com"])(
    "refuses %s as a host",
    (host) => {
      expect(() => readSettings({ PLAYGROUND_HOST: host })).toThrow(SettingsError);
    },
  );
});

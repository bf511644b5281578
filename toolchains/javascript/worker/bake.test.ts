import { beforeAll, expect, it, vi } from "vitest";
import { readDataSegments } from "../../../runtime/component/wasm/data.ts";
import { constantValue, readModule } from "../../../runtime/component/wasm/module.ts";
import { isTemplateExport } from "../template-metadata.ts";
import { packTools } from "../testing/pack.ts";
import { bake } from "./bake.ts";
import type { Snapshot } from "./snapshot.ts";
import { templateLayout } from "./template.ts";
import type { Template } from "./template.ts";

vi.setConfig({ hookTimeout: 60_000 });

let template: Template;
const snapshot: Snapshot = {
  pages: 300,
  globals: { 0: 0xffff_fff0 },
  segments: [
    { offset: 1024, bytes: new TextEncoder().encode("first") },
    { offset: 0x0100_0000, bytes: new Uint8Array([7]) },
  ],
};
const baked = () => templateLayout(bake(template, snapshot));

beforeAll(async () => {
  ({ template } = await packTools());
});

it("puts the snapshot's data in the place of the template's", () => {
  const { component, info } = baked();
  expect(readDataSegments(component, info)).toEqual(snapshot.segments);
  expect(readDataSegments(template.component, template.info)).not.toEqual(snapshot.segments);
});

it("asks for the snapshot's memory, and keeps the maximum", () => {
  const before = template.info.memories[0];
  expect(before?.minimum).not.toBe(300);
  expect(baked().info.memories).toEqual([{ ...before, minimum: 300 }]);
});

it("starts mutable globals at their values, and leaves constants", () => {
  const values = (info: Template["info"]) => info.globals.map(({ initializer }) => constantValue(initializer));
  const [first, ...others] = values(baked().info);
  // Wasm has no unsigned type: the upper half of the numbers reads as negative.
  expect(first).toBe(-16);
  expect(others).toEqual(values(template.info).slice(1));
});

it("removes the exports for the toolchain, and no other", () => {
  const names = (info: Template["info"]) => info.exports.map(({ name }) => name);
  expect(names(template.info).filter(isTemplateExport).length).toBeGreaterThanOrEqual(3);
  expect(names(baked().info)).toEqual(names(template.info).filter((name) => !isTemplateExport(name)));
});

it("leaves every other part of the component as it is", () => {
  const after = baked();
  const before = template;
  const around = ({ component, core }: typeof after) => [
    Buffer.from(component.subarray(0, core.header)),
    Buffer.from(component.subarray(core.end)),
  ];
  const [headBefore, tailBefore] = around(before);
  const [headAfter, tailAfter] = around(after);
  expect(headBefore?.equals(headAfter ?? new Uint8Array())).toBe(true);
  expect(tailBefore?.equals(tailAfter ?? new Uint8Array())).toBe(true);
  expect(after.info.imports).toEqual(before.info.imports);
});

it("gives a core module that the engine takes", () => {
  const { component, core } = baked();
  expect(WebAssembly.validate(component.slice(core.start, core.end))).toBe(true);
});

it("writes what it can read again", () => {
  const { component, core } = baked();
  expect(readModule(component, core.start, core.end).sections.map(({ id }) => id)).toEqual(
    template.info.sections.map(({ id }) => id),
  );
});

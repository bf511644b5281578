import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type FolderChanges, snapshotOf, watchFolder } from "./folder-watcher.ts";
import { intakeLimits } from "./incoming-file.ts";
import { folderOfHandle, readFolder } from "./read-folder.ts";

/** A folder in memory, by the part of the File System Access API that is used. Contents by path. */
class FakeFolder {
  readonly files = new Map<string, { text: string; modified: number; size?: number }>();
  isThere = true;
  #time = 0;

  write(path: string, text: string, size?: number): void {
    this.files.set(path, { text, modified: ++this.#time, ...(size === undefined ? {} : { size }) });
  }
  handle(prefix = ""): FileSystemDirectoryHandle {
    const children = (): [string, unknown][] => {
      if (!this.isThere) throw new DOMException("gone", "NotFoundError");
      const names = [...this.files.keys()]
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length));
      const first = new Set(names.map((name) => name.split("/")[0] ?? ""));
      return [...first].map((name) => [
        name,
        this.files.has(prefix + name)
          ? { kind: "file", getFile: () => this.#file(prefix + name) }
          : this.handle(`${prefix}${name}/`),
      ]);
    };
    const entries = async function* () {
      yield* children();
    };
    return { kind: "directory", name: "shop", entries, keys: entries } as unknown as FileSystemDirectoryHandle;
  }
  async #file(path: string): Promise<File> {
    const { text = "", modified = 0, size } = this.files.get(path) ?? {};
    const file = new File([text], path, { lastModified: modified });
    if (size !== undefined) Object.defineProperty(file, "size", { value: size });
    return Object.assign(file, { webkitRelativePath: "" });
  }
}

const manifest = '[component.a]\nsource = "target/a.wasm"\nbuild = { command = "make", watch = ["src/**"] }';
let folder: FakeFolder;
let stop: () => void;
const changes = vi.fn<(changes: FolderChanges) => Promise<void>>();
const faults = vi.fn<(error: unknown, isOver: boolean) => void>();

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  changes.mockReset().mockResolvedValue();
  faults.mockReset();
  folder = new FakeFolder();
  folder.write("spin.toml", manifest);
  folder.write("target/a.wasm", "1");
  folder.write("src/a.rs", "1");
  const seen = snapshotOf(await readFolder(folderOfHandle(folder.handle())));
  stop = watchFolder({ handle: folder.handle(), seen, onChanges: changes, onFault: faults });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const texts = ({ write }: FolderChanges): Record<string, string> =>
  Object.fromEntries(Object.entries(write).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
const told = () => changes.mock.calls.map(([change]) => ({ ...texts(change), removed: change.remove }));

it("takes what the manifest names, and nothing else", async () => {
  await vi.advanceTimersByTimeAsync(3_000);
  expect(changes).not.toHaveBeenCalled();
  folder.write("target/a.wasm", "22");
  folder.write("target/a.d", "x");
  folder.write("notes.txt", "x");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told()).toEqual([{ "target/a.wasm": "22", removed: [] }]);
  folder.files.delete("src/a.rs");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told()[1]).toEqual({ removed: ["src/a.rs"] });
});

it("waits until a file is written", async () => {
  folder.write("target/a.wasm", "h");
  const writing = setInterval(() => folder.write("target/a.wasm", "half"), 100);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(changes).not.toHaveBeenCalled();
  clearInterval(writing);
  folder.write("target/a.wasm", "whole");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told()).toEqual([{ "target/a.wasm": "whole", removed: [] }]);
});

it("takes nothing away while the manifest is gone or cannot be read", async () => {
  folder.write("spin.toml", "[component.a");
  await vi.advanceTimersByTimeAsync(3_000);
  folder.files.delete("spin.toml");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told().flatMap(({ removed }) => removed)).toEqual([]);
  folder.write("spin.toml", manifest);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told().at(-1)).toMatchObject({ "spin.toml": manifest, removed: [] });
});

it("tells of a file that is too large, and takes the others", async () => {
  folder.write("src/a.rs", "", intakeLimits.fileBytes + 1);
  folder.write("target/a.wasm", "22");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(faults).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "limit-exceeded" }), false);
  expect(told()).toEqual([{ "target/a.wasm": "22", removed: [] }]);
});

it("does not look while the page is hidden, and at once when it shows", async () => {
  Object.assign(document, { visibilityState: "hidden" });
  folder.write("target/a.wasm", "22");
  await vi.advanceTimersByTimeAsync(0);
  changes.mockClear();
  folder.write("target/a.wasm", "333");
  await vi.advanceTimersByTimeAsync(10_000);
  const before = changes.mock.calls.length;
  folder.write("target/a.wasm", "4444");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(changes.mock.calls.length).toBe(before);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(200);
  expect(told().at(-1)).toEqual({ "target/a.wasm": "4444", removed: [] });
});

it("ends when the folder is gone", async () => {
  folder.isThere = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(faults).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "file-invalid" }), true);
});

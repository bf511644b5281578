import { describe, expect, it } from "vitest";
import { outcome, testContext, text, utf8 } from "./context-for-tests.ts";
import { buildFileTree } from "./file-tree.ts";
import { createImports, loadHostInterfaces } from "./registry.ts";
import type { Descriptor, DescriptorFlags, OpenFlags } from "./wasi-filesystem-descriptor.ts";
import type { IoError } from "./wasi-io-error.ts";

await loadHostInterfaces(["wasi:filesystem/types@0.2.0"]);

const contents = { "a.txt": "hello", "sub/b.txt": "below", "sub/copy.txt": "hello", empty: "" };
const time = 1_700_000_000_500;
const tree = (files: Record<string, string> = contents) =>
  buildFileTree(new Map(Object.entries(files).map(([path, all]) => [path, { digest: all, bytes: utf8(all) }])), time);

/** The interfaces of an instance with these files. */
function imported(files: ReturnType<typeof tree> | undefined) {
  const names = ["wasi:filesystem/preopens@0.2.3", "wasi:filesystem/types@0.2.3"];
  const imports = createImports(names, testContext({ files }));
  return {
    preopens: imports["wasi:filesystem/preopens@0.2"] as { getDirectories(): [Descriptor, string][] },
    types: imports["wasi:filesystem/types@0.2"] as { filesystemErrorCode(error: IoError): unknown },
  };
}
function rootOf(files = tree()): Descriptor {
  const [preopen] = imported(files).preopens.getDirectories();
  if (preopen === undefined) throw new Error("no preopen");
  return preopen[0];
}
const open = (path: string, flags: OpenFlags = {}, as: DescriptorFlags = { read: true }, from = rootOf()): Descriptor =>
  from.openAt({ symlinkFollow: true }, path, flags, as);
/** What the calls answer, by name. */
const answers = (calls: Record<string, () => unknown>) =>
  Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, outcome(call)]));

describe("preopens", () => {
  it("are one directory, at the root", () => {
    const [[root, path] = [], ...others] = imported(tree()).preopens.getDirectories();
    expect([root?.getType(), path, others]).toEqual(["directory", "/", []]);
  });

  it("are none without files, and one for files that match nothing", () => {
    expect(imported(undefined).preopens.getDirectories()).toEqual([]);
    expect(imported(tree({})).preopens.getDirectories()).toHaveLength(1);
  });
});

describe("open-at", () => {
  it("opens files and directories for reading", () => {
    expect(open("a.txt").getType()).toBe("regular-file");
    expect(open("sub").getType()).toBe("directory");
    expect(open("sub/", { directory: true }).getType()).toBe("directory");
    expect(open("b.txt", {}, {}, open("sub")).getFlags()).toEqual({ read: true });
    expect(rootOf().getFlags()).toEqual({ read: true });
  });

  it.each<[string, OpenFlags, DescriptorFlags, string]>([
    ["missing", { create: true }, {}, "not-permitted"],
    ["a.txt", { create: true }, {}, "not-permitted"],
    ["a.txt", { create: true, exclusive: true }, {}, "not-permitted"],
    ["a.txt", { truncate: true }, {}, "not-permitted"],
    ["a.txt", {}, { read: true, write: true }, "not-permitted"],
    ["missing", {}, { write: true }, "not-permitted"],
    ["../x", { create: true }, {}, "not-permitted"],
    ["sub", { directory: true, truncate: true }, {}, "not-permitted"],
    ["a.txt", {}, { fileIntegritySync: true }, "unsupported"],
    ["a.txt", {}, { dataIntegritySync: true }, "unsupported"],
    ["a.txt", {}, { requestedWriteSync: true }, "unsupported"],
    ["sub", { directory: true, exclusive: true }, {}, "invalid"],
    ["a.txt", { directory: true }, {}, "not-directory"],
    ["missing", { directory: true }, {}, "no-entry"],
    ["missing", {}, {}, "no-entry"],
    ["../a.txt", {}, {}, "not-permitted"],
    ["/a.txt", {}, {}, "not-permitted"],
  ])("%s with %j and %j answers %s", (path, flags, as, code) => {
    expect(outcome(() => open(path, flags, as))).toEqual({ err: code });
  });

  it("opens what is there with flags that ask for nothing", () => {
    expect(open("a.txt", { exclusive: true }).getType()).toBe("regular-file");
    expect(open("sub", {}, { mutateDirectory: true }).getFlags()).toEqual({ read: true });
  });

  it("needs a directory to start from", () => {
    expect(outcome(() => open("x", {}, {}, open("a.txt")))).toEqual({ err: "not-directory" });
  });
});

describe("reading a file", () => {
  const read = (path: string, length: bigint, offset: bigint): unknown =>
    outcome(() => {
      const [bytes, ended] = open(path).read(length, offset);
      return [text(bytes), ended];
    });

  it("gives bytes from any offset, and the end when there are none", () => {
    expect(read("a.txt", 100n, 0n)).toEqual(["hello", false]);
    expect(read("a.txt", 3n, 1n)).toEqual(["ell", false]);
    expect(read("a.txt", 100n, 5n)).toEqual(["", true]);
    expect(read("a.txt", 2n ** 64n - 1n, 2n ** 63n - 1n)).toEqual(["", true]);
    expect(read("a.txt", 0n, 0n)).toEqual(["", true]);
    expect(read("empty", 1n, 0n)).toEqual(["", true]);
    expect(read("a.txt", 1n, 2n ** 63n)).toEqual({ err: "invalid" });
  });

  it("gives at most 64 KiB at once, as Wasmtime", () => {
    const file = open("big", {}, {}, rootOf(tree({ big: "x".repeat(100_000) })));
    expect(file.read(2n ** 64n - 1n, 0n)[0]).toHaveLength(65_536);
    expect(file.readViaStream(0n).read(1_000_000n)).toHaveLength(65_536);
  });

  it("streams from an offset to the end", () => {
    const stream = open("a.txt").readViaStream(2n);
    expect(stream.subscribe().ready()).toBe(true);
    expect([text(stream.read(2n)), text(stream.blockingRead(9n) as Uint8Array)]).toEqual(["ll", "o"]);
    expect(outcome(() => stream.read(1n))).toEqual({ err: { tag: "closed" } });
    expect(outcome(() => stream.blockingRead(1n))).toEqual({ err: { tag: "closed" } });
    expect(outcome(() => open("a.txt").readViaStream(99n).blockingRead(1n))).toEqual({ err: { tag: "closed" } });
    expect(open("a.txt").readViaStream(0n).skip(4n)).toBe(4n);
  });

  it("has streams that know nothing of each other", () => {
    const file = open("a.txt");
    const [first, second] = [file.readViaStream(0n), file.readViaStream(0n)];
    expect([text(first.read(3n)), text(second.read(2n)), text(first.read(9n))]).toEqual(["hel", "he", "lo"]);
  });

  it("tells by filesystem-error-code why a stream failed", () => {
    const { types } = imported(tree());
    const failed = outcome(() =>
      open("a.txt")
        .readViaStream(2n ** 63n)
        .read(1n),
    ) as { err: { val: IoError } };
    expect(failed).toMatchObject({ err: { tag: "last-operation-failed" } });
    expect(types.filesystemErrorCode(failed.err.val)).toBe("invalid");
    const other = { cause: new Error("of another stream"), toDebugString: () => "" };
    expect(types.filesystemErrorCode(other)).toBeUndefined();
  });

  it("hands out copies: no guest, and no part of the host, can change what another reads", () => {
    const files = tree();
    const file = open("a.txt", {}, {}, rootOf(files));
    file.read(9n, 0n)[0].fill(0);
    const streamed = file.readViaStream(0n).read(9n);
    streamed.fill(0);
    structuredClone(streamed.buffer, { transfer: [streamed.buffer as ArrayBuffer] });
    expect(text(open("a.txt", {}, {}, rootOf(files)).read(9n, 0n)[0])).toBe("hello");
  });

  it("is not for directories", () => {
    const directory = open("sub");
    expect(
      answers({
        read: () => directory.read(1n, 0n),
        readViaStream: () => directory.readViaStream(0n),
        advise: () => directory.advise(),
      }),
    ).toEqual({
      read: { err: "bad-descriptor" },
      readViaStream: { err: "bad-descriptor" },
      advise: { err: "bad-descriptor" },
    });
  });
});

describe("reading a directory", () => {
  const names = (directory: Descriptor) => {
    const stream = directory.readDirectory();
    const found: unknown[] = [];
    for (let entry = stream.readDirectoryEntry(); entry; entry = stream.readDirectoryEntry()) found.push(entry);
    expect(stream.readDirectoryEntry()).toBeUndefined();
    return found;
  };

  it("gives its entries in the order of names, without . and ..", () => {
    expect(names(rootOf())).toEqual([
      { type: "regular-file", name: "a.txt" },
      { type: "regular-file", name: "empty" },
      { type: "directory", name: "sub" },
    ]);
    expect(names(open("sub"))).toHaveLength(2);
    expect(names(rootOf(tree({})))).toEqual([]);
  });

  it("begins anew with each stream", () => {
    const directory = open("sub");
    directory.readDirectory().readDirectoryEntry();
    expect(directory.readDirectory().readDirectoryEntry()).toEqual({ type: "regular-file", name: "b.txt" });
  });

  it("is not for files", () => expect(outcome(() => open("a.txt").readDirectory())).toEqual({ err: "not-directory" }));
});

describe("stat", () => {
  const at = { seconds: 1_700_000_000n, nanoseconds: 500_000_000 };
  const times = { dataAccessTimestamp: at, dataModificationTimestamp: at, statusChangeTimestamp: at };

  it("tells type, size and the time of the deployment", () => {
    const file = { type: "regular-file", linkCount: 1n, size: 5n, ...times };
    expect(open("a.txt").stat()).toEqual(file);
    expect(rootOf().statAt({}, "sub/../a.txt")).toEqual(file);
    expect(rootOf().stat()).toEqual({ type: "directory", linkCount: 1n, size: 0n, ...times });
  });

  it("resolves paths as open-at does", () => {
    expect(outcome(() => open("sub").statAt({}, "../a.txt"))).toEqual({ err: "not-permitted" });
    expect(outcome(() => rootOf().statAt({}, "missing"))).toEqual({ err: "no-entry" });
    expect(outcome(() => open("a.txt").statAt({}, "."))).toEqual({ err: "not-directory" });
  });
});

describe("identity", () => {
  it("is of the object, not of the descriptor or the content", () => {
    const root = rootOf();
    const same = (left: string, right: string) => open(left, {}, {}, root).isSameObject(open(right, {}, {}, root));
    expect([same("a.txt", "sub/../a.txt"), same("a.txt", "sub/copy.txt"), same("sub", "sub/.")]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("has a hash that differs for objects and for contents, and else stays", () => {
    const hash = (files: Record<string, string>, path: string) => rootOf(tree(files)).metadataHashAt({}, path);
    const first = hash(contents, "a.txt");
    expect(open("a.txt").metadataHash()).toEqual(first);
    expect(first.lower).not.toBe(first.upper);
    const hashes = [
      first,
      hash(contents, "sub/copy.txt"),
      hash(contents, "sub"),
      hash(contents, "."),
      hash({ "a.txt": "edited" }, "a.txt"),
    ];
    expect(new Set(hashes.map(({ lower, upper }) => `${lower} ${upper}`)).size).toBe(hashes.length);
    expect(first.lower).toBeLessThan(2n ** 64n);
    expect(outcome(() => rootOf().metadataHashAt({}, "../x"))).toEqual({ err: "not-permitted" });
  });
});

describe("what a read-only mount refuses", () => {
  /** Every call of the interface that writes. */
  const writes = (descriptor: Descriptor, other: Descriptor) => ({
    write: () => descriptor.write(),
    writeViaStream: () => descriptor.writeViaStream(),
    appendViaStream: () => descriptor.appendViaStream(),
    setSize: () => descriptor.setSize(),
    setTimes: () => descriptor.setTimes(),
    createDirectoryAt: () => descriptor.createDirectoryAt(),
    setTimesAt: () => descriptor.setTimesAt(),
    removeDirectoryAt: () => descriptor.removeDirectoryAt(),
    symlinkAt: () => descriptor.symlinkAt(),
    unlinkFileAt: () => descriptor.unlinkFileAt(),
    linkAt: () => descriptor.linkAt({}, "a.txt", other),
    renameAt: () => descriptor.renameAt("a.txt", other),
  });
  const err = (code: string) => ({ err: code });

  it("answers for a file", () => {
    expect(answers(writes(open("a.txt"), rootOf()))).toEqual({
      write: err("not-permitted"),
      writeViaStream: err("bad-descriptor"),
      appendViaStream: err("bad-descriptor"),
      setSize: err("not-permitted"),
      setTimes: err("not-permitted"),
      createDirectoryAt: err("not-directory"),
      setTimesAt: err("not-directory"),
      removeDirectoryAt: err("not-directory"),
      symlinkAt: err("not-directory"),
      unlinkFileAt: err("not-directory"),
      linkAt: err("not-directory"),
      renameAt: err("not-directory"),
    });
  });

  it("answers for a directory", () => {
    expect(answers(writes(rootOf(), rootOf()))).toEqual({
      write: err("bad-descriptor"),
      writeViaStream: err("bad-descriptor"),
      appendViaStream: err("bad-descriptor"),
      setSize: err("bad-descriptor"),
      setTimes: err("not-permitted"),
      createDirectoryAt: err("not-permitted"),
      setTimesAt: err("not-permitted"),
      removeDirectoryAt: err("not-permitted"),
      symlinkAt: err("not-permitted"),
      unlinkFileAt: err("not-permitted"),
      linkAt: err("not-permitted"),
      renameAt: err("not-permitted"),
    });
    expect(outcome(() => rootOf().renameAt("a.txt", open("a.txt")))).toEqual(err("not-directory"));
  });

  it("has nothing to flush, no links to read, and takes advice", () => {
    expect(
      answers({
        sync: () => open("a.txt").sync(),
        syncData: () => rootOf().syncData(),
        advise: () => open("a.txt").advise(),
        link: () => rootOf().readlinkAt("a.txt"),
        missingLink: () => rootOf().readlinkAt("missing"),
        linkOutside: () => open("sub").readlinkAt("../a.txt"),
        linkOfFile: () => open("a.txt").readlinkAt("x"),
      }),
    ).toEqual({
      sync: undefined,
      syncData: undefined,
      advise: undefined,
      link: err("invalid"),
      missingLink: err("no-entry"),
      linkOutside: err("not-permitted"),
      linkOfFile: err("not-directory"),
    });
  });
});

import { describe, expect, it } from "vitest";
import { testContext, text, utf8 } from "./context-for-tests.ts";
import { bytesSource } from "./bytes-source.ts";
import { preview1Functions } from "./core-module-facts.ts";
import { buildFileTree } from "./file-tree.ts";
import { GuestMemory } from "./guest-memory.ts";
import { Preview1 } from "./preview1.ts";
import { GuestExit } from "./wasi-cli.ts";

/** A program in JavaScript: calls functions of preview 1 by name, over a memory of its own. */
function program(files?: Record<string, string>, environment: Record<string, string> = {}) {
  const contents = Object.entries(files ?? {}).map(([path, content]) => {
    return [path, { digest: path, bytes: utf8(content) }] as const;
  });
  const context = testContext({
    files: files && buildFileTree(new Map(contents), 1_700_000_000_123),
    component: { id: "test", metadata: {}, source: { content_type: "application/wasm" }, env: environment },
  });
  const host = new Preview1(context);
  const memory = new GuestMemory();
  memory.attach(new WebAssembly.Memory({ initial: 1 }));
  const functions = host.functions(memory);
  const call = (name: string, ...values: (number | bigint)[]): unknown =>
    (functions[name] as unknown as (...given: (number | bigint)[]) => unknown)(...values);
  const put = (at: number, content: string): [number, number] => {
    memory.write(at, utf8(content));
    return [at, utf8(content).length];
  };
  const open = (path: string, { flags = 0, rights = 2, fd = 3 } = {}): number => {
    const error = call("path_open", fd, 0, ...put(1000, path), flags, BigInt(rights), 0n, 0, 2000) as number;
    return error === 0 ? memory.u32(2000) : -error;
  };
  /** Reads with one vector. */
  const read = (fd: number, length: number): string => {
    memory.setU32(3000, 4000);
    memory.setU32(3004, length);
    expect(call("fd_read", fd, 3000, 1, 3008)).toBe(0);
    return memory.text(4000, memory.u32(3008));
  };
  return { context, host, memory, functions, call, put, open, read };
}

it("every function of the table of facts is there, and no other", () => {
  expect(Object.keys(program().functions).sort()).toEqual([...preview1Functions].sort());
});

describe("a program's surroundings", () => {
  it("are the environment of the manifest, no arguments and no input", () => {
    const { call, memory, read } = program(undefined, { A: "1", B: "ä" });
    call("environ_sizes_get", 0, 4);
    expect([memory.u32(0), memory.u32(4)]).toEqual([2, 4 + 5]);
    call("environ_get", 100, 200);
    expect([memory.u32(100), memory.u32(104)]).toEqual([200, 204]);
    expect(memory.text(200, 9)).toBe("A=1\0B=ä\0");
    call("args_sizes_get", 0, 4);
    expect([memory.u32(0), memory.u32(4)]).toEqual([0, 0]);
    expect(read(0, 10)).toBe("");
  });

  it("are what the host sets before it runs", () => {
    const { host, call, memory, read } = program();
    let printed = "";
    host.world.args = ["one", ""];
    host.world.stdin = bytesSource(utf8("input"));
    host.world.stdout = (bytes) => void (printed += text(bytes));
    call("args_sizes_get", 0, 4);
    expect([memory.u32(0), memory.u32(4)]).toEqual([2, 5]);
    expect([read(0, 3), read(0, 10), read(0, 10)]).toEqual(["inp", "ut", ""]);
    memory.write(500, utf8("out"));
    for (const [index, word] of [500, 1, 0, 0, 501, 2].entries()) memory.setU32(600 + 4 * index, word);
    expect([call("fd_write", 1, 600, 3, 0), memory.u32(0), printed]).toEqual([0, 3, "out"]);
  });

  it("have its output in the log", () => {
    const { context, call, memory } = program();
    memory.write(500, utf8("text"));
    memory.setU32(600, 500);
    memory.setU32(604, 4);
    call("fd_write", 1, 600, 1, 0);
    call("fd_write", 2, 600, 1, 0);
    expect(context.logged).toEqual({ stdout: "text", stderr: "text" });
    expect([call("fd_write", 0, 600, 1, 0), call("fd_write", 9, 600, 1, 0)]).toEqual([8, 8]);
    expect([call("fd_write", 1, 600, 1025, 0), call("fd_write", 1, 600, -1, 0)]).toEqual([28, 28]);
    expect(() => call("fd_write", 1, 65_530, 1, 0)).toThrow("outside of its memory");
  });

  it("end with it", () => {
    const { call } = program();
    expect(() => call("proc_exit", 3)).toThrow(new GuestExit(3));
    expect(() => call("proc_raise", 6)).toThrow("signal 6");
  });

  it("fill any memory with random bytes", () => {
    const { call, memory } = program();
    expect(call("random_get", 0, 65_536)).toBe(0);
    expect(memory.bytes(0, 65_536).filter((byte) => byte === 0).length).toBeLessThan(1000);
    expect(() => call("random_get", 1, 65_536)).toThrow("outside of its memory");
  });
});

describe("files", () => {
  const files = { "a.txt": "first line", "sub/b.txt": "b" };

  it("are below the directory /, which there is only for a component that mounts some", () => {
    const { call, memory } = program(files);
    expect([call("fd_prestat_get", 3, 0), memory.u32(0), memory.u32(4)]).toEqual([0, 0, 1]);
    expect([call("fd_prestat_dir_name", 3, 8, 1), memory.text(8, 1)]).toEqual([0, "/"]);
    expect([call("fd_prestat_dir_name", 3, 8, 0), call("fd_prestat_get", 4, 0)]).toEqual([37, 8]);
    expect(program().call("fd_prestat_get", 3, 0)).toBe(8);
  });

  it("are read, sought in and told of", () => {
    const { call, memory, open, read } = program(files);
    const fd = open("a.txt");
    expect(fd).toBe(4);
    expect([read(fd, 5), read(fd, 100), read(fd, 5)]).toEqual(["first", " line", ""]);
    expect([call("fd_seek", fd, -4n, 2, 0), memory.u64(0), read(fd, 9)]).toEqual([0, 6n, "line"]);
    expect([
      call("fd_seek", fd, 2n, 0, 0),
      call("fd_seek", fd, 1n, 1, 0),
      call("fd_tell", fd, 8),
      memory.u64(8),
    ]).toEqual([0, 0, 0, 3n]);
    expect([call("fd_seek", fd, -1n, 0, 0), call("fd_seek", fd, 0n, 3, 0), call("fd_seek", 1, 0n, 0, 0)]).toEqual([
      28, 28, 70,
    ]);
    memory.setU32(3000, 4000);
    memory.setU32(3004, 4);
    expect([call("fd_pread", fd, 3000, 1, 6n, 3008), memory.text(4000, memory.u32(3008))]).toEqual([0, "line"]);
    expect([call("fd_filestat_get", fd, 0), memory.u8(16), memory.u64(32), memory.u64(48)]).toEqual([
      0,
      4,
      10n,
      1_700_000_000_123_000_000n,
    ]);
    expect([call("fd_close", fd), call("fd_close", fd), open("sub/b.txt")]).toEqual([0, 8, fd]);
  });

  it.each([
    ["none", {}, 44],
    ["../etc/passwd", {}, 63],
    ["/a.txt", {}, 63],
    ["a.txt/b", {}, 54],
    ["a.txt", { flags: 2 }, 54],
    ["a.txt", { rights: 66 }, 63],
    ["new.txt", { flags: 1 }, 63],
    ["a.txt", { flags: 8 }, 63],
    ["a.txt", { fd: 9 }, 8],
    ["a.txt", { fd: 1 }, 54],
  ])("cannot be opened by %s %j", (path, options, error) => {
    expect(program(files).open(path, options)).toBe(-error);
  });

  it("in directories are listed, as far as there is room", () => {
    const { call, memory, open } = program(files);
    const fd = open("sub", { flags: 2, rights: 2 ** 29 - 1 });
    const names: string[] = [];
    let cookie = 0n;
    for (let round = 0; round < 10; round++) {
      expect(call("fd_readdir", fd, 5000, 40, cookie, 0)).toBe(0);
      const used = memory.u32(0);
      if (used === 0) break;
      const length = memory.u32(5016);
      names.push(`${memory.text(5024, length)} ${memory.u8(5020)}`);
      cookie = memory.u64(5000);
    }
    expect(names).toEqual([". 3", ".. 3", "b.txt 4"]);
    expect([call("fd_readdir", 1, 5000, 40, 0n, 0), call("fd_readdir", open("a.txt"), 5000, 40, 0n, 0)]).toEqual([
      54, 54,
    ]);
  });

  it("cannot be changed", () => {
    const { call, put, open } = program(files);
    const [at, length] = put(1000, "new");
    const fd = open("a.txt");
    expect([
      call("path_create_directory", 3, at, length),
      call("path_unlink_file", 3, at, length),
      call("path_remove_directory", 3, at, length),
      call("path_rename", 3, at, length, 3, at, length),
      call("path_symlink", at, length, 3, at, length),
      call("path_link", 3, 0, at, length, 3, at, length),
      call("path_filestat_set_times", 3, 0, at, length, 0n, 0n, 0),
      call("fd_filestat_set_size", fd, 0n),
      call("fd_write", fd, 0, 0, 0),
      call("fd_pwrite", fd, 0, 0, 0n, 0),
    ]).toEqual([63, 63, 63, 63, 63, 63, 63, 63, 63, 63]);
    expect([
      call("path_readlink", 3, ...put(1000, "a.txt"), 0, 0, 0),
      call("path_readlink", 3, ...put(1000, "no"), 0, 0, 0),
    ]).toEqual([28, 44]);
  });

  it("may take other numbers, and not too many", () => {
    const { call, open, read } = program(files);
    const [first, second] = [open("a.txt"), open("sub/b.txt")];
    expect([call("fd_renumber", second, first), read(first, 9), call("fd_tell", second, 0)]).toEqual([0, "b", 8]);
    let last = 0;
    for (let count = 0; count < 1100 && last >= 0; count++) last = open("a.txt");
    expect(last).toBe(-33);
  });

  it("are no sockets", () => {
    const { call } = program(files);
    expect([call("sock_recv", 3), call("sock_send", 1), call("sock_accept", 9), call("sock_shutdown", 3, 0)]).toEqual([
      57, 57, 8, 57,
    ]);
  });
});

describe("poll_oneoff", () => {
  /** Writes the n-th subscription: to a clock with a time-out, or to a descriptor. */
  const subscribe = (
    memory: GuestMemory,
    index: number,
    what: { clock?: number; timeout?: bigint; absolute?: boolean; fd?: number; type?: number },
  ) => {
    const at = 1000 + 48 * index;
    memory.bytes(at, 48).fill(0);
    memory.setU64(at, BigInt(100 + index));
    memory.setU8(at + 8, what.type ?? (what.fd === undefined ? 0 : 1));
    memory.setU32(at + 16, what.fd ?? what.clock ?? 1);
    memory.setU64(at + 24, what.timeout ?? 0n);
    memory.setU16(at + 40, what.absolute === true ? 1 : 0);
  };
  const events = (memory: GuestMemory) =>
    Array.from({ length: memory.u32(0) }, (_, index) => {
      const at = 2000 + 32 * index;
      return [memory.u64(at), memory.u16(at + 8), memory.u8(at + 10)];
    });

  it("waits for the first of several times, and suspends the guest", async () => {
    const { context, call, memory } = program();
    subscribe(memory, 0, { timeout: 60_000_000_000n });
    subscribe(memory, 1, { timeout: 20_000_000n });
    const began = performance.now();
    expect(await call("poll_oneoff", 1000, 2000, 2, 0)).toBe(0);
    expect(performance.now() - began).toBeGreaterThanOrEqual(19);
    expect([events(memory), context.suspensions]).toEqual([[[101n, 0, 0]], 1]);
  });

  it("waits for a time of the day", async () => {
    const { call, memory } = program();
    subscribe(memory, 0, { clock: 0, timeout: BigInt(Date.now() + 10) * 1_000_000n, absolute: true });
    expect(await call("poll_oneoff", 1000, 2000, 1, 0)).toBe(0);
    expect(events(memory)).toEqual([[100n, 0, 0]]);
  });

  it("does not wait where a descriptor is ready, as all are, or wrong", async () => {
    const { context, call, memory } = program();
    subscribe(memory, 0, { timeout: 60_000_000_000n });
    subscribe(memory, 1, { fd: 0 });
    subscribe(memory, 2, { fd: 1, type: 2 });
    subscribe(memory, 3, { fd: 77 });
    subscribe(memory, 4, { clock: 9 });
    expect(await call("poll_oneoff", 1000, 2000, 5, 0)).toBe(0);
    expect(events(memory)).toEqual([
      [101n, 0, 1],
      [102n, 0, 2],
      [103n, 8, 1],
      [104n, 28, 0],
    ]);
    expect(context.suspensions).toBe(0);
  });

  it("refuses none, and traps for more than there is", async () => {
    const { call } = program();
    expect(await call("poll_oneoff", 1000, 2000, 0, 0)).toBe(28);
    expect(await call("poll_oneoff", 1000, 2000, -1, 0)).toBe(28);
    await expect(call("poll_oneoff", 1000, 2000, 4096, 0)).rejects.toThrow("outside of its memory");
  });
});

describe("clocks", () => {
  it("tell the time, and how exact it is", () => {
    const { call, memory } = program();
    expect([
      call("clock_time_get", 0, 0n, 0),
      call("clock_time_get", 1, 0n, 8),
      call("clock_time_get", 2, 0n, 0),
    ]).toEqual([0, 0, 8]);
    expect(Math.abs(Number(memory.u64(0) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    expect([call("clock_res_get", 0, 0), memory.u64(0), call("clock_res_get", 3, 0)]).toEqual([0, 1_000_000n, 8]);
  });
});

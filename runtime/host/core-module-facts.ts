/**
 * What core modules may import, as facts: the functions of WASI preview 1, and those of Spin 1.0 in the ABI of
 * wit-bindgen 0.2. One table, so that what a module is told at its check and what it is linked to cannot disagree.
 */
import { list } from "./interface-facts.ts";

/** Exports by which core modules answer requests: those of Spin 1.0, and commands. */
export const moduleHandlers = { spin1: "handle-http-request", command: "_start" } as const;

/** The import module of WASI preview 1, which is also its name as a host interface. */
export const preview1 = "wasi_snapshot_preview1";

/** Every function of preview 1 (`wasi_snapshot_preview1.witx`). */
export const preview1Functions: ReadonlySet<string> = new Set(
  list(
    `args_get args_sizes_get environ_get environ_sizes_get clock_res_get clock_time_get fd_advise fd_allocate fd_close
     fd_datasync fd_fdstat_get fd_fdstat_set_flags fd_fdstat_set_rights fd_filestat_get fd_filestat_set_size
     fd_filestat_set_times fd_pread fd_prestat_get fd_prestat_dir_name fd_pwrite fd_read fd_readdir fd_renumber fd_seek
     fd_sync fd_tell fd_write path_create_directory path_filestat_get path_filestat_set_times path_link path_open
     path_readlink path_remove_directory path_rename path_symlink path_unlink_file poll_oneoff proc_exit proc_raise
     random_get sched_yield sock_accept sock_recv sock_send sock_shutdown`,
  ),
);

/** An import module of Spin 1.0: its functions, and the host interface of today that they are thin faces of. */
export interface Spin1Import {
  readonly functions: readonly string[];
  readonly provider: string;
}

const servers = "query execute";

/** By the name of the import module; a name that a hostile module made up is looked up with `Object.hasOwn`. */
export const spin1Imports: Readonly<Record<string, Spin1Import>> = {
  "key-value": of("fermyon:spin/key-value@2.0.0", "open get set delete exists get-keys close"),
  "spin-config": of("fermyon:spin/variables@2.0.0", "get-config"),
  "wasi-outbound-http": of("fermyon:spin/http", "request"),
  "outbound-redis": of("fermyon:spin/redis@2.0.0", "publish get set incr del sadd smembers srem execute"),
  "outbound-pg": of("fermyon:spin/postgres@2.0.0", servers),
  "outbound-mysql": of("fermyon:spin/mysql@2.0.0", servers),
  sqlite: of("fermyon:spin/sqlite@2.0.0", "open execute close"),
  llm: of("fermyon:spin/llm@2.0.0", "infer generate-embeddings"),
};

function of(provider: string, functions: string): Spin1Import {
  return { provider, functions: list(functions) };
}

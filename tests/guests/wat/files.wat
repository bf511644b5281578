;; Looks at the files that the component mounts. The rest of the path, whatever it is, goes to the host as it came:
;; /read/PATH: the file's content; /list/PATH: type and name of each entry of a directory; /stat/PATH: type, link count,
;; size and the seconds of its last change; /create/PATH: opened to be made and written; /unlink/PATH: removed;
;; /far/PATH: read from an offset that no file has. What fails answers "error N" with N in the order of error-code.
;; Anywhere else: how many directories there are, and the path of the first.
(func $handle (param $request i32) (param $outparam i32)
  (call $read_path (local.get $request))
  (call $respond (local.get $outparam))
  (call $preopens (global.get $result))
  (global.set $directories (i32.load (global.get $result)))
  (global.set $count (i32.load offset=4 (global.get $result)))
  (block $done
    (if (call $command (string "/read/"))
      (then (br_if $done (call $open (i32.const 0) (i32.const 1))) (call $read (i64.const 0)) (br $done)))
    (if (call $command (string "/far/"))
      (then
        (br_if $done (call $open (i32.const 0) (i32.const 1)))
        (call $read (i64.const 0x8000000000000000))
        (br $done)))
    (if (call $command (string "/list/"))
      (then (br_if $done (call $open (i32.const 2) (i32.const 1))) (call $list) (br $done)))
    (if (call $command (string "/stat/"))
      (then (br_if $done (call $open (i32.const 0) (i32.const 1))) (call $tell) (br $done)))
    (if (call $command (string "/create/"))
      (then (drop (call $open (i32.const 1) (i32.const 2))) (br $done)))
    (if (call $command (string "/unlink/")) (then (call $unlink) (br $done)))
    (call $write_number (i64.extend_i32_u (global.get $count)))
    (if (global.get $count) (then
      (call $space)
      (call $write (i32.load offset=4 (global.get $directories)) (i32.load offset=8 (global.get $directories))))))
  (call $finish))

;; The list of preopens, each a handle and the address and length of its path.
(global $directories (mut i32) (i32.const 0))
(global $count (mut i32) (i32.const 0))
(global $file (mut i32) (i32.const 0))

;; Whether the path begins with this word, which is then taken from it.
(func $command (param $word i32) (param $length i32) (result i32)
  (if (i32.eqz (call $path_starts (local.get $word) (local.get $length))) (then (return (i32.const 0))))
  (global.set $path (i32.add (global.get $path) (local.get $length)))
  (global.set $path_length (i32.sub (global.get $path_length) (local.get $length)))
  (i32.const 1))

;; Opens the path below the first directory; returns whether that failed.
(func $open (param $open_flags i32) (param $flags i32) (result i32)
  (call $open_at
    (i32.load (global.get $directories)) (i32.const 1) (global.get $path) (global.get $path_length)
    (local.get $open_flags) (local.get $flags) (global.get $result))
  (global.set $file (i32.load offset=4 (global.get $result)))
  (call $failed (i32.const 4)))

;; Tells the error of the last call, if it was one, whose code is at this offset of the result.
(func $failed (param $offset i32) (result i32)
  (local $code i32)
  (if (i32.eqz (i32.load8_u (global.get $result))) (then (return (i32.const 0))))
  (local.set $code (i32.load8_u (i32.add (global.get $result) (local.get $offset))))
  (call $write (string "error "))
  (call $write_number (i64.extend_i32_u (local.get $code)))
  (i32.const 1))

(func $read (param $offset i64)
  (local $input i32)
  (call $read_file_stream (global.get $file) (local.get $offset) (global.get $result))
  (if (call $failed (i32.const 4)) (then (return)))
  (local.set $input (i32.load offset=4 (global.get $result)))
  (loop $next
    (call $blocking_splice (global.get $output) (local.get $input) (i64.const 65536) (global.get $result))
    (br_if $next (i32.eqz (i32.load8_u (global.get $result)))))
  ;; `closed` is the end of the file. The error lies where the number of bytes would, which is a multiple of 8.
  (if (i32.eqz (i32.load8_u offset=8 (global.get $result))) (then
    (call $file_error_code (i32.load offset=12 (global.get $result)) (global.get $result))
    (drop (call $failed (i32.const 1))))))

(func $list
  (local $entries i32)
  (call $read_directory (global.get $file) (global.get $result))
  (if (call $failed (i32.const 4)) (then (return)))
  (local.set $entries (i32.load offset=4 (global.get $result)))
  (loop $next
    (call $read_entry (local.get $entries) (global.get $result))
    (call $check)
    (if (i32.eqz (i32.load8_u offset=4 (global.get $result))) (then (return)))
    (call $write_entry
      (i32.load8_u offset=8 (global.get $result))
      (i32.load offset=12 (global.get $result))
      (i32.load offset=16 (global.get $result)))
    (br $next)))

(func $write_entry (param $type i32) (param $name i32) (param $length i32)
  (call $write_number (i64.extend_i32_u (local.get $type)))
  (call $space)
  (call $write (local.get $name) (local.get $length))
  (call $write (string "\n")))

(func $tell
  (local $type i32) (local $links i64) (local $size i64) (local $seconds i64)
  (call $stat (global.get $file) (global.get $result))
  (if (call $failed (i32.const 8)) (then (return)))
  (local.set $type (i32.load8_u offset=8 (global.get $result)))
  (local.set $links (i64.load offset=16 (global.get $result)))
  (local.set $size (i64.load offset=24 (global.get $result)))
  (local.set $seconds (i64.load offset=64 (global.get $result)))
  (call $write_number (i64.extend_i32_u (local.get $type)))
  (call $space)
  (call $write_number (local.get $links))
  (call $space)
  (call $write_number (local.get $size))
  (call $space)
  (call $write_number (local.get $seconds)))

(func $unlink
  (call $unlink_at
    (i32.load (global.get $directories)) (global.get $path) (global.get $path_length) (global.get $result))
  (drop (call $failed (i32.const 1))))

(func $space (call $write (string " ")))

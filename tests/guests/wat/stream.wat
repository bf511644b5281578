;; /chunks/N/M: N lines, each with the wall clock's milliseconds at which it was written, and M milliseconds between them.
;; /bytes/N: N bytes as fast as check-write lets it, in pieces of at most 16 KiB.
(func $handle (param $request i32) (param $outparam i32)
  (call $read_path (local.get $request))
  (call $respond (local.get $outparam))
  (if (call $path_starts (string "/bytes"))
    (then (call $write_bytes (call $path_number (i32.const 0))))
    (else (call $write_chunks (call $path_number (i32.const 0)) (call $path_number (i32.const 1)))))
  (call $finish))

(func $write_chunks (param $chunks i32) (param $pause i32)
  (loop $next
    (if (i32.eqz (local.get $chunks)) (then (return)))
    (call $wall_now (global.get $result))
    (call $write_line
      (i64.add
        (i64.mul (i64.load (global.get $result)) (i64.const 1000))
        (i64.extend_i32_u (i32.div_u (i32.load offset=8 (global.get $result)) (i32.const 1000000)))))
    (local.set $chunks (i32.sub (local.get $chunks) (i32.const 1)))
    (if (local.get $chunks) (then (call $sleep (local.get $pause))))
    (br $next)))

;; In one write, so that a reader does not get a part of it.
(func $write_line (param $number i64)
  (local $digits i32)
  (local.set $digits (call $digits (local.get $number)))
  (i32.store8 (i32.const 1020) (i32.const 10))
  (call $write (local.get $digits) (i32.sub (i32.const 1021) (local.get $digits))))

(func $write_bytes (param $left i32)
  (local $length i32)
  (loop $next
    (if (i32.eqz (local.get $left)) (then (return)))
    (local.set $length (call $least (call $await_room) (call $least (local.get $left) (i32.const 16384))))
    (call $write_now (global.get $output) (i32.const 16384) (local.get $length) (global.get $result))
    (call $check)
    (local.set $left (i32.sub (local.get $left) (local.get $length)))
    (br $next)))

(func $least (param $a i32) (param $b i32) (result i32)
  (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b))))

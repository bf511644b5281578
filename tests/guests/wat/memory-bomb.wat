;; Grows its memory page by page until that is refused, and answers with the pages it has then. At /fill it writes to all of
;; them on the way; at /trap the refusal makes it trap.
(func $handle (param $request i32) (param $outparam i32)
  (local $page i32)
  (call $read_path (local.get $request))
  (block $refused
    (loop $more
      (local.set $page (memory.grow (i32.const 1)))
      (br_if $refused (i32.eq (local.get $page) (i32.const -1)))
      (if (call $path_starts (string "/fill")) (then
        (memory.fill (i32.shl (local.get $page) (i32.const 16)) (i32.const 255) (i32.const 65536))))
      (br $more)))
  (if (call $path_starts (string "/trap")) (then unreachable))
  (call $respond (local.get $outparam))
  (call $write_number (i64.extend_i32_u (memory.size)))
  (call $write (string " pages"))
  (call $finish))

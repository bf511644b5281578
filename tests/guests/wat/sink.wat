;; Reads the request's body to its end and answers with the number of its bytes.
(func $handle (param $request i32) (param $outparam i32)
  (local $input i32) (local $heap i32) (local $bytes i64)
  (local.set $input (call $open_request_body (local.get $request)))
  (local.set $heap (global.get $heap))
  (block $end
    (loop $next
      (global.set $heap (local.get $heap))
      (call $blocking_read (local.get $input) (i64.const 65536) (global.get $result))
      (br_if $end (i32.load8_u (global.get $result)))
      (local.set $bytes (i64.add (local.get $bytes) (i64.load32_u offset=8 (global.get $result))))
      (br $next)))
  (call $expect_end)
  (call $close_request_body (local.get $input))
  (call $respond (local.get $outparam))
  (call $write_number (local.get $bytes))
  (call $finish))

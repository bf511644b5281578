;; Streams the request's body back: by blocking-splice at /splice, else by reading no more than there is room to write.
(func $handle (param $request i32) (param $outparam i32)
  (local $body i32) (local $input i32)
  (call $read_path (local.get $request))
  (call $request_body (local.get $request) (global.get $result))
  (call $check)
  (local.set $body (i32.load offset=4 (global.get $result)))
  (call $request_stream (local.get $body) (global.get $result))
  (call $check)
  (local.set $input (i32.load offset=4 (global.get $result)))
  (call $respond (local.get $outparam))
  (if (call $path_starts (string "/splice"))
    (then (call $splice (local.get $input)))
    (else (call $copy (local.get $input))))
  (call $blocking_flush (global.get $output) (global.get $result))
  (call $check)
  (call $drop_input (local.get $input))
  (call $drop_request_body (local.get $body))
  (call $finish))

(func $splice (param $input i32)
  (loop $next
    (call $blocking_splice (global.get $output) (local.get $input) (i64.const 65536) (global.get $result))
    (br_if $next (i32.eqz (i32.load8_u (global.get $result)))))
  (call $expect_end))

(func $copy (param $input i32)
  (local $heap i32)
  (local.set $heap (global.get $heap))
  (block $end
    (loop $next
      (global.set $heap (local.get $heap))
      (call $blocking_read (local.get $input) (i64.extend_i32_u (call $await_room)) (global.get $result))
      (br_if $end (i32.load8_u (global.get $result)))
      (call $write_now
        (global.get $output)
        (i32.load offset=4 (global.get $result))
        (i32.load offset=8 (global.get $result))
        (global.get $result))
      (call $check)
      (br $next)))
  (call $expect_end))

;; The error of the last call is `closed`, the end of the stream, and no failure.
(func $expect_end
  (if (i32.ne (i32.load8_u offset=4 (global.get $result)) (i32.const 1)) (then unreachable)))

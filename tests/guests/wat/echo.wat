;; Streams the request's body back: by blocking-splice at /splice, else by reading no more than there is room to write.
(func $handle (param $request i32) (param $outparam i32)
  (local $input i32)
  (call $read_path (local.get $request))
  (local.set $input (call $open_request_body (local.get $request)))
  (call $respond (local.get $outparam))
  (if (call $path_starts (string "/splice"))
    (then (call $splice (local.get $input)))
    (else (call $copy (local.get $input))))
  (call $blocking_flush (global.get $output) (global.get $result))
  (call $check)
  (call $close_request_body (local.get $input))
  (call $finish))

(func $splice (param $input i32)
  (loop $next
    (call $blocking_splice (global.get $output) (local.get $input) (i64.const 65536) (global.get $result))
    (br_if $next (i32.eqz (i32.load8_u (global.get $result)))))
  (call $expect_end_of_splice))

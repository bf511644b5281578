;; Connects to the IPv4 address and port in the path (`/127.0.0.1:5000`), sends a sentence, and answers with what comes back,
;; or with the number of the error code.
(func $handle (param $request i32) (param $outparam i32)
  (local $socket i32) (local $input i32) (local $output i32) (local $missing i32)
  (call $read_path (local.get $request))
  (call $drop_request (local.get $request))
  (call $respond (local.get $outparam))
  (call $create_tcp_socket (i32.const 0) (global.get $result))
  (call $check)
  (local.set $socket (i32.load offset=4 (global.get $result)))
  (call $start_connect
    (local.get $socket) (call $instance_network)
    (i32.const 0)
    (call $path_number (i32.const 4))
    (call $path_number (i32.const 0)) (call $path_number (i32.const 1))
    (call $path_number (i32.const 2)) (call $path_number (i32.const 3))
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (global.get $result))
  (if (i32.load8_u (global.get $result)) (then
    (call $write (string "error "))
    (call $write_number (i64.extend_i32_u (i32.load8_u offset=1 (global.get $result))))
    (call $finish)
    (return)))
  (loop $again
    (call $finish_connect (local.get $socket) (global.get $result))
    (if (i32.load8_u (global.get $result)) (then
      ;; would-block, and no other error.
      (if (i32.ne (i32.load8_u offset=4 (global.get $result)) (i32.const 8)) (then unreachable))
      (call $wait_for (call $subscribe_socket (local.get $socket)))
      (br $again))))
  (local.set $input (i32.load offset=4 (global.get $result)))
  (local.set $output (i32.load offset=8 (global.get $result)))
  (call $blocking_write (local.get $output) (string "So rested he by the Tumtum tree") (global.get $result))
  (call $check)
  (local.set $missing (i32.const 31))
  (loop $more
    (call $blocking_read (local.get $input) (i64.extend_i32_u (local.get $missing)) (global.get $result))
    (call $check)
    (local.set $missing (i32.sub (local.get $missing) (i32.load offset=8 (global.get $result))))
    (call $write (i32.load offset=4 (global.get $result)) (i32.load offset=8 (global.get $result)))
    (br_if $more (local.get $missing)))
  (call $drop_input (local.get $input))
  (call $drop_output (local.get $output))
  (call $finish))

;; Tries the ways out that a browser does not have, and answers with the error codes: of a TCP connection, of a name lookup,
;; and of a connection that is finished before it was begun.
(func $handle (param $request i32) (param $outparam i32)
  (local $network i32) (local $socket i32)
  (call $drop_request (local.get $request))
  (call $respond (local.get $outparam))
  (local.set $network (call $instance_network))
  (call $create_tcp_socket (i32.const 0) (global.get $result))
  (call $check)
  (local.set $socket (i32.load offset=4 (global.get $result)))
  ;; 10.0.0.1:5432
  (call $start_connect
    (local.get $socket) (local.get $network)
    (i32.const 0)
    (i32.const 5432) (i32.const 10) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (global.get $result))
  (call $write_error (i32.load8_u offset=1 (global.get $result)))
  (call $resolve_addresses (local.get $network) (string "db.example") (global.get $result))
  (call $write_error (i32.load8_u offset=4 (global.get $result)))
  (call $finish_connect (local.get $socket) (global.get $result))
  (call $write_error (i32.load8_u offset=4 (global.get $result)))
  (call $finish))

;; The number of the error code, which the result must have.
(func $write_error (param $code i32)
  (if (i32.eqz (i32.load8_u (global.get $result))) (then unreachable))
  (call $write_number (i64.extend_i32_u (local.get $code)))
  (call $write (string " ")))

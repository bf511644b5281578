;; What 0.2.0-rc-2023-11-10 has otherwise; these forms take the place of those of the same name.

(import "wasi:http/types@0.2.12" "[method]request-options.set-first-byte-timeout-ms"
  (func $set_first_byte_timeout (param i32 i32 i64) (result i32)))

(func $timeout_of (param $milliseconds i32) (result i64) (i64.extend_i32_u (local.get $milliseconds)))

(func $take_trailers (param $future i32) (result i32)
  (call $get_trailers (local.get $future) (global.get $result))
  (if (i32.eqz (i32.load8_u (global.get $result))) (then unreachable))
  (if (i32.load8_u offset=8 (global.get $result)) (then unreachable))
  (if (result i32) (i32.load8_u offset=16 (global.get $result))
    (then (i32.load offset=20 (global.get $result)))
    (else (i32.const 0))))

;; What 0.2.0-rc-2023-10-18 has otherwise; these forms take the place of those of the same name.

;; Fields are made of a list, and what takes them borrows them.
(import "wasi:http/types@0.2.12" "[constructor]fields" (func $fields_of_list (param i32 i32) (result i32)))
(func $new_fields (result i32) (call $fields_of_list (i32.const 0) (i32.const 0)))
(func $fields_with (param $name i32) (param $name_length i32) (param $value i32) (param $length i32) (result i32)
  (i32.store (global.get $result) (local.get $name))
  (i32.store offset=4 (global.get $result) (local.get $name_length))
  (i32.store offset=8 (global.get $result) (local.get $value))
  (i32.store offset=12 (global.get $result) (local.get $length))
  (call $fields_of_list (global.get $result) (i32.const 1)))

(import "wasi:http/types@0.2.12" "[constructor]outgoing-response" (func $response_of (param i32 i32) (result i32)))
(func $new_response (param $fields i32) (result i32) (call $response_of (i32.const 200) (local.get $fields)))
(import "wasi:http/types@0.2.12" "[method]outgoing-response.write" (func $response_body (param i32 i32)))
(import "wasi:http/types@0.2.12" "[static]response-outparam.set" (func $set_result (param i32 i32 i32 i32 i32)))
(func $set_response
  (param $outparam i32) (param $error i32) (param $response i32)
  (param i32 i64 i32 i32 i32 i32)
  (call $set_result (local.get $outparam) (local.get $error) (local.get $response) (i32.const 0) (i32.const 0)))

;; Bodies cannot fail to finish, and trailers are never missing.
(import "wasi:http/types@0.2.12" "[static]outgoing-body.finish" (func $finish_outgoing (param i32 i32 i32)))
(func $finish_body (param $body i32) (param $has_trailers i32) (param $trailers i32) (param $outcome i32)
  (call $finish_outgoing (local.get $body) (local.get $has_trailers) (local.get $trailers))
  (i32.store8 (local.get $outcome) (i32.const 0)))
(func $take_trailers (param $future i32) (result i32)
  (call $get_trailers (local.get $future) (global.get $result))
  (if (i32.eqz (i32.load8_u (global.get $result))) (then unreachable))
  (if (i32.load8_u offset=4 (global.get $result)) (then unreachable))
  (i32.load offset=8 (global.get $result)))

;; Requests are made whole, and their options are a record.
(import "wasi:http/types@0.2.12" "[constructor]outgoing-request"
  (func $request_of (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
(func $post_to_self (param $path i32) (param $length i32) (result i32)
  (call $request_of
    (i32.const 2) (i32.const 0) (i32.const 0)
    (i32.const 1) (local.get $path) (local.get $length)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0)
    (call $new_fields)))
(import "wasi:http/types@0.2.12" "[method]outgoing-request.write" (func $outgoing_body (param i32 i32)))
(import "wasi:http/outgoing-handler@0.2.12" "handle"
  (func $handle_outgoing (param i32 i32 i32 i32 i32 i32 i32 i32 i32)))
(func $send (param $request i32) (param $milliseconds i32) (result i32)
  (call $handle_outgoing
    (local.get $request) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 1) (local.get $milliseconds) (i32.const 0) (i32.const 0)
    (global.get $result))
  (call $check)
  (i32.load offset=4 (global.get $result)))
(func $take_response (param $future i32) (result i32)
  (call $get_response (local.get $future) (global.get $result))
  (if (i32.eqz (i32.load8_u (global.get $result))) (then unreachable))
  (if (i32.load8_u offset=4 (global.get $result)) (then unreachable))
  (if (i32.load8_u offset=8 (global.get $result)) (then unreachable))
  (i32.load offset=12 (global.get $result)))

;; Pollables have no methods, and one function waits for a time.
(import "wasi:io/poll@0.2.12" "poll-one" (func $block (param i32)))
(import "wasi:clocks/monotonic-clock@0.2.12" "subscribe" (func $subscribe (param i64 i32) (result i32)))
(func $subscribe_duration (param $nanoseconds i64) (result i32)
  (call $subscribe (local.get $nanoseconds) (i32.const 0)))

;; Files are opened with permissions, which nobody heeds.
(import "wasi:filesystem/types@0.2.12" "[method]descriptor.open-at"
  (func $open_with_modes (param i32 i32 i32 i32 i32 i32 i32 i32)))
(func $open_at
  (param $directory i32) (param $path_flags i32) (param $path i32) (param $length i32)
  (param $open_flags i32) (param $flags i32) (param $outcome i32)
  (call $open_with_modes
    (local.get $directory) (local.get $path_flags) (local.get $path) (local.get $length)
    (local.get $open_flags) (local.get $flags) (i32.const 1) (local.get $outcome)))

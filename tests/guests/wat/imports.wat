;; Host functions by the names under which guests call them. A function that gives back more than one number writes it to
;; the address of its last parameter, for which guests pass $result.

;; Fields
(import "wasi:http/types@0.2.12" "[constructor]fields" (func $new_fields (result i32)))

;; The request
(import "wasi:http/types@0.2.12" "[method]incoming-request.path-with-query" (func $request_path (param i32 i32)))
(import "wasi:http/types@0.2.12" "[method]incoming-request.consume" (func $request_body (param i32 i32)))
(import "wasi:http/types@0.2.12" "[method]incoming-body.stream" (func $request_stream (param i32 i32)))
(import "wasi:http/types@0.2.12" "[resource-drop]incoming-request" (func $drop_request (param i32)))
(import "wasi:http/types@0.2.12" "[resource-drop]incoming-body" (func $drop_request_body (param i32)))

;; The response
(import "wasi:http/types@0.2.12" "[constructor]outgoing-response" (func $new_response (param i32) (result i32)))
(import "wasi:http/types@0.2.12" "[method]outgoing-response.body" (func $response_body (param i32 i32)))
(import "wasi:http/types@0.2.12" "[method]outgoing-body.write" (func $response_stream (param i32 i32)))
(import "wasi:http/types@0.2.12" "[static]outgoing-body.finish" (func $finish_body (param i32 i32 i32 i32)))
(import "wasi:http/types@0.2.12" "[static]response-outparam.set"
  (func $set_response (param i32 i32 i32 i32 i64 i32 i32 i32 i32)))

;; Streams
(import "wasi:io/streams@0.2.12" "[method]input-stream.blocking-read" (func $blocking_read (param i32 i64 i32)))
(import "wasi:io/streams@0.2.12" "[resource-drop]input-stream" (func $drop_input (param i32)))
(import "wasi:io/streams@0.2.12" "[method]output-stream.blocking-write-and-flush"
  (func $blocking_write (param i32 i32 i32 i32)))
(import "wasi:io/streams@0.2.12" "[method]output-stream.check-write" (func $check_write (param i32 i32)))
(import "wasi:io/streams@0.2.12" "[method]output-stream.write" (func $write_now (param i32 i32 i32 i32)))
(import "wasi:io/streams@0.2.12" "[method]output-stream.blocking-flush" (func $blocking_flush (param i32 i32)))
(import "wasi:io/streams@0.2.12" "[method]output-stream.blocking-splice"
  (func $blocking_splice (param i32 i32 i64 i32)))
(import "wasi:io/streams@0.2.12" "[method]output-stream.subscribe" (func $subscribe_output (param i32) (result i32)))
(import "wasi:io/streams@0.2.12" "[resource-drop]output-stream" (func $drop_output (param i32)))

;; Waiting, and time
(import "wasi:io/poll@0.2.12" "[method]pollable.block" (func $block (param i32)))
(import "wasi:io/poll@0.2.12" "[resource-drop]pollable" (func $drop_pollable (param i32)))
(import "wasi:clocks/monotonic-clock@0.2.12" "now" (func $monotonic_now (result i64)))
(import "wasi:clocks/monotonic-clock@0.2.12" "subscribe-duration" (func $subscribe_duration (param i64) (result i32)))
(import "wasi:clocks/wall-clock@0.2.12" "now" (func $wall_now (param i32)))

;; Key-value
(import "fermyon:spin/key-value@2.0.0" "[static]store.open" (func $open_store (param i32 i32 i32)))
(import "fermyon:spin/key-value@2.0.0" "[method]store.get" (func $store_get (param i32 i32 i32 i32)))
(import "fermyon:spin/key-value@2.0.0" "[method]store.set" (func $store_set (param i32 i32 i32 i32 i32 i32)))

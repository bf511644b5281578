;; Host functions by the names under which guests call them. A function that gives back more than one number writes it to
;; the address of its last parameter, for which guests pass $result.

;; Fields
(import "wasi:http/types@0.2.12" "[constructor]fields" (func $new_fields (result i32)))
(import "wasi:http/types@0.2.12" "[method]fields.append" (func $append (param i32 i32 i32 i32 i32 i32)))
(import "wasi:http/types@0.2.12" "[method]fields.get" (func $get_field (param i32 i32 i32 i32)))

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

;; Trailers
(import "wasi:http/types@0.2.12" "[static]incoming-body.finish" (func $finish_incoming (param i32) (result i32)))
(import "wasi:http/types@0.2.12" "[method]future-trailers.subscribe"
  (func $subscribe_trailers (param i32) (result i32)))
(import "wasi:http/types@0.2.12" "[method]future-trailers.get" (func $get_trailers (param i32 i32)))

;; Outgoing requests
(import "wasi:http/types@0.2.12" "[constructor]outgoing-request" (func $new_request (param i32) (result i32)))
(import "wasi:http/types@0.2.12" "[method]outgoing-request.set-method"
  (func $set_method (param i32 i32 i32 i32) (result i32)))
(import "wasi:http/types@0.2.12" "[method]outgoing-request.set-path-with-query"
  (func $set_path (param i32 i32 i32 i32) (result i32)))
(import "wasi:http/types@0.2.12" "[method]outgoing-request.body" (func $outgoing_body (param i32 i32)))
(import "wasi:http/types@0.2.12" "[constructor]request-options" (func $new_options (result i32)))
(import "wasi:http/types@0.2.12" "[method]request-options.set-first-byte-timeout"
  (func $set_first_byte_timeout (param i32 i32 i64) (result i32)))
(import "wasi:http/outgoing-handler@0.2.12" "handle" (func $handle_outgoing (param i32 i32 i32 i32)))
(import "wasi:http/types@0.2.12" "[method]future-incoming-response.subscribe"
  (func $subscribe_response (param i32) (result i32)))
(import "wasi:http/types@0.2.12" "[method]future-incoming-response.get" (func $get_response (param i32 i32)))
(import "wasi:http/types@0.2.12" "[method]incoming-response.consume" (func $response_content (param i32 i32)))

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

;; Files
(import "wasi:filesystem/preopens@0.2.12" "get-directories" (func $preopens (param i32)))
(import "wasi:filesystem/types@0.2.12" "[method]descriptor.open-at"
  (func $open_at (param i32 i32 i32 i32 i32 i32 i32)))
(import "wasi:filesystem/types@0.2.12" "[method]descriptor.read-via-stream"
  (func $read_file_stream (param i32 i64 i32)))
(import "wasi:filesystem/types@0.2.12" "[method]descriptor.read-directory" (func $read_directory (param i32 i32)))
(import "wasi:filesystem/types@0.2.12" "[method]directory-entry-stream.read-directory-entry"
  (func $read_entry (param i32 i32)))
(import "wasi:filesystem/types@0.2.12" "[method]descriptor.stat" (func $stat (param i32 i32)))
(import "wasi:filesystem/types@0.2.12" "[method]descriptor.unlink-file-at" (func $unlink_at (param i32 i32 i32 i32)))
(import "wasi:filesystem/types@0.2.12" "filesystem-error-code" (func $file_error_code (param i32 i32)))

;; Sockets
(import "wasi:sockets/instance-network@0.2.12" "instance-network" (func $instance_network (result i32)))
(import "wasi:sockets/tcp-create-socket@0.2.12" "create-tcp-socket" (func $create_tcp_socket (param i32 i32)))
(import "wasi:sockets/tcp@0.2.12" "[method]tcp-socket.start-connect"
  (func $start_connect (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
(import "wasi:sockets/tcp@0.2.12" "[method]tcp-socket.finish-connect" (func $finish_connect (param i32 i32)))
(import "wasi:sockets/tcp@0.2.12" "[method]tcp-socket.subscribe" (func $subscribe_socket (param i32) (result i32)))
(import "wasi:sockets/ip-name-lookup@0.2.12" "resolve-addresses" (func $resolve_addresses (param i32 i32 i32 i32)))

;; Key-value
(import "fermyon:spin/key-value@2.0.0" "[static]store.open" (func $open_store (param i32 i32 i32)))
(import "fermyon:spin/key-value@2.0.0" "[method]store.get" (func $store_get (param i32 i32 i32 i32)))
(import "fermyon:spin/key-value@2.0.0" "[method]store.set" (func $store_set (param i32 i32 i32 i32 i32 i32)))

;; What guests share. A guest gets of it what it names, and what that names in turn; a guest's own definition of a name
;; takes the place of the one here. Every guest gets $memory, $cabi_realloc and the export of its $handle.
;;
;; Memory: results and digits below 1024, strings and data of the guest from there, the heap from 8192.

(memory $memory (export "memory") 1)

;; Where host functions write what they give back.
(global $result i32 (i32.const 64))

;; The next free address. Nothing is ever given back; a loop that receives bytes sets it back by itself.
(global $heap (mut i32) (i32.const 8192))

(func $cabi_realloc (export "cabi_realloc")
  (param $old i32) (param $old_size i32) (param $alignment i32) (param $size i32) (result i32)
  (local $pointer i32)
  (local.set $pointer (i32.and (i32.add (global.get $heap) (i32.const 15)) (i32.const -16)))
  (global.set $heap (i32.add (local.get $pointer) (local.get $size)))
  (block $fits
    (loop $more
      (br_if $fits (i32.le_u (global.get $heap) (i32.shl (memory.size) (i32.const 16))))
      (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
      (br $more)))
  (memory.copy (local.get $pointer) (local.get $old) (local.get $old_size))
  (local.get $pointer))

(export "wasi:http/incoming-handler@0.2.12#handle" (func $handle))

;; Traps when the host function before it answered with an error.
(func $check (if (i32.load8_u (global.get $result)) (then unreachable)))

;; ── the request ──

(global $path (mut i32) (i32.const 0))
(global $path_length (mut i32) (i32.const 0))

(func $read_path (param $request i32)
  (call $request_path (local.get $request) (global.get $result))
  (if (i32.load8_u (global.get $result)) (then
    (global.set $path (i32.load offset=4 (global.get $result)))
    (global.set $path_length (i32.load offset=8 (global.get $result))))))

;; Whether the path begins with a text. Needs $read_path.
(func $path_starts (param $text i32) (param $length i32) (result i32)
  (local $index i32)
  (if (i32.lt_u (global.get $path_length) (local.get $length)) (then (return (i32.const 0))))
  (loop $next
    (if (i32.eq (local.get $index) (local.get $length)) (then (return (i32.const 1))))
    (if (i32.ne
          (i32.load8_u (i32.add (local.get $text) (local.get $index)))
          (i32.load8_u (i32.add (global.get $path) (local.get $index))))
      (then (return (i32.const 0))))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br $next))
  unreachable)

;; The n-th decimal number in the path, counted from 0; 0 when there is none. Needs $read_path.
(func $path_number (param $which i32) (result i32)
  (local $index i32) (local $digit i32) (local $number i32) (local $inside i32)
  (block $end
    (loop $next
      (br_if $end (i32.ge_u (local.get $index) (global.get $path_length)))
      (local.set $digit
        (i32.sub (i32.load8_u (i32.add (global.get $path) (local.get $index))) (i32.const 48)))
      (if (i32.lt_u (local.get $digit) (i32.const 10))
        (then
          (local.set $number (i32.add (i32.mul (local.get $number) (i32.const 10)) (local.get $digit)))
          (local.set $inside (i32.const 1)))
        (else
          (if (local.get $inside) (then
            (br_if $end (i32.eqz (local.get $which)))
            (local.set $which (i32.sub (local.get $which) (i32.const 1)))
            (local.set $number (i32.const 0))
            (local.set $inside (i32.const 0))))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (if (result i32) (local.get $which) (then (i32.const 0)) (else (local.get $number))))

;; The request's body as an input stream. $expect_end and $close_request_body belong to its end.
(global $request_body_handle (mut i32) (i32.const 0))
(func $open_request_body (param $request i32) (result i32)
  (call $request_body (local.get $request) (global.get $result))
  (call $check)
  (global.set $request_body_handle (i32.load offset=4 (global.get $result)))
  (call $request_stream (global.get $request_body_handle) (global.get $result))
  (call $check)
  (i32.load offset=4 (global.get $result)))

;; The error of the last read is `closed`, the end of the stream, and no failure.
(func $expect_end
  (if (i32.ne (i32.load8_u offset=4 (global.get $result)) (i32.const 1)) (then unreachable)))

;; The same after a splice, whose other outcome is a u64: the error stands where that would.
(func $expect_end_of_splice
  (if (i32.ne (i32.load8_u offset=8 (global.get $result)) (i32.const 1)) (then unreachable)))

(func $close_request_body (param $input i32)
  (call $drop_input (local.get $input))
  (call $drop_request_body (global.get $request_body_handle)))

;; ── the response ──

(global $body (mut i32) (i32.const 0))
(global $output (mut i32) (i32.const 0))

;; Gives the head: status 200 without headers. $body and $output are the body's from then on.
(func $respond (param $outparam i32)
  (local $response i32)
  (local.set $response (call $new_response (call $new_fields)))
  (call $response_body (local.get $response) (global.get $result))
  (call $check)
  (global.set $body (i32.load offset=4 (global.get $result)))
  (call $response_stream (global.get $body) (global.get $result))
  (call $check)
  (global.set $output (i32.load offset=4 (global.get $result)))
  (call $set_response
    (local.get $outparam) (i32.const 0) (local.get $response)
    (i32.const 0) (i64.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))

;; Writes a text of at most 4096 bytes and waits until it is on its way. Traps when nobody takes it any more.
(func $write (param $text i32) (param $length i32)
  (call $blocking_write (global.get $output) (local.get $text) (local.get $length) (global.get $result))
  (call $check))

;; The decimal digits of a number: they end before address 1020, and the result is where they begin.
(func $digits (param $number i64) (result i32)
  (local $digit i32)
  (local.set $digit (i32.const 1020))
  (loop $next
    (local.set $digit (i32.sub (local.get $digit) (i32.const 1)))
    (i32.store8 (local.get $digit)
      (i32.add (i32.const 48) (i32.wrap_i64 (i64.rem_u (local.get $number) (i64.const 10)))))
    (local.set $number (i64.div_u (local.get $number) (i64.const 10)))
    (br_if $next (i64.ne (local.get $number) (i64.const 0))))
  (local.get $digit))

(func $write_number (param $number i64)
  (local $digits i32)
  (local.set $digits (call $digits (local.get $number)))
  (call $write (local.get $digits) (i32.sub (i32.const 1020) (local.get $digits))))

(func $finish
  (call $drop_output (global.get $output))
  (call $finish_body (global.get $body) (i32.const 0) (i32.const 0) (global.get $result))
  (call $check))

;; The whole response in one.
(func $answer (param $outparam i32) (param $text i32) (param $length i32)
  (call $respond (local.get $outparam))
  (call $write (local.get $text) (local.get $length))
  (call $finish))

;; How many bytes may be written at once; waits while there is no room.
(func $await_room (result i32)
  (loop $again
    (call $check_write (global.get $output) (global.get $result))
    (call $check)
    (if (i64.ne (i64.load offset=8 (global.get $result)) (i64.const 0))
      (then (return (i32.wrap_i64 (i64.load offset=8 (global.get $result))))))
    (call $wait_for (call $subscribe_output (global.get $output)))
    (br $again))
  unreachable)

;; ── streams ──

;; Writes all that the stream gives into the response, reading no more than there is room to write.
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

;; ── trailers ──

(func $fields_with (param $name i32) (param $name_length i32) (param $value i32) (param $length i32) (result i32)
  (local $fields i32)
  (local.set $fields (call $new_fields))
  (call $append
    (local.get $fields)
    (local.get $name) (local.get $name_length) (local.get $value) (local.get $length)
    (global.get $result))
  (call $check)
  (local.get $fields))

;; Ends the response with one trailer.
(func $finish_with (param $name i32) (param $name_length i32) (param $value i32) (param $length i32)
  (call $drop_output (global.get $output))
  (call $finish_body
    (global.get $body)
    (i32.const 1)
    (call $fields_with (local.get $name) (local.get $name_length) (local.get $value) (local.get $length))
    (global.get $result))
  (call $check))

;; Writes the value of a trailer of an incoming body whose stream was dropped; nothing when there are no trailers.
(func $write_trailer (param $incoming i32) (param $name i32) (param $length i32)
  (local $future i32) (local $fields i32) (local $values i32)
  (local.set $future (call $finish_incoming (local.get $incoming)))
  (call $wait_for (call $subscribe_trailers (local.get $future)))
  (local.set $fields (call $take_trailers (local.get $future)))
  (if (local.get $fields) (then
    (call $get_field (local.get $fields) (local.get $name) (local.get $length) (global.get $result))
    (if (i32.load offset=4 (global.get $result)) (then
      (local.set $values (i32.load (global.get $result)))
      (call $write (i32.load (local.get $values)) (i32.load offset=4 (local.get $values))))))))

;; The trailers as fields, or 0 when there are none. They must be there.
(func $take_trailers (param $future i32) (result i32)
  (call $get_trailers (local.get $future) (global.get $result))
  (if (i32.eqz (i32.load8_u (global.get $result))) (then unreachable))
  (if (i32.load8_u offset=8 (global.get $result)) (then unreachable))
  (if (i32.load8_u offset=16 (global.get $result)) (then unreachable))
  (if (result i32) (i32.load8_u offset=24 (global.get $result))
    (then (i32.load offset=28 (global.get $result)))
    (else (i32.const 0))))

;; ── requests to the application itself ──

(func $post_to_self (param $path i32) (param $length i32) (result i32)
  (local $request i32)
  (local.set $request (call $new_request (call $new_fields)))
  (if (call $set_method (local.get $request) (i32.const 2) (i32.const 0) (i32.const 0)) (then unreachable))
  (if (call $set_path (local.get $request) (i32.const 1) (local.get $path) (local.get $length)) (then unreachable))
  (local.get $request))

;; Sends it with a time-out until the first byte; the future of its response.
(func $send (param $request i32) (param $milliseconds i32) (result i32)
  (local $options i32)
  (local.set $options (call $new_options))
  (if (call $set_first_byte_timeout
        (local.get $options) (i32.const 1) (call $timeout_of (local.get $milliseconds)))
    (then unreachable))
  (call $handle_outgoing (local.get $request) (i32.const 1) (local.get $options) (global.get $result))
  (call $check)
  (i32.load offset=8 (global.get $result)))

;; In the unit of request-options.
(func $timeout_of (param $milliseconds i32) (result i64)
  (i64.mul (i64.extend_i32_u (local.get $milliseconds)) (i64.const 1000000)))

;; Waits for the response. Traps when there is none.
(func $await_response (param $future i32) (result i32)
  (call $wait_for (call $subscribe_response (local.get $future)))
  (call $take_response (local.get $future)))

(func $take_response (param $future i32) (result i32)
  (call $get_response (local.get $future) (global.get $result))
  (if (i32.eqz (i32.load8_u (global.get $result))) (then unreachable))
  (if (i32.load8_u offset=8 (global.get $result)) (then unreachable))
  (if (i32.load8_u offset=16 (global.get $result)) (then unreachable))
  (i32.load offset=24 (global.get $result)))

;; ── waiting ──

(func $wait_for (param $pollable i32)
  (call $block (local.get $pollable))
  (call $drop_pollable (local.get $pollable)))

(func $sleep (param $milliseconds i32)
  (call $wait_for
    (call $subscribe_duration (i64.mul (i64.extend_i32_u (local.get $milliseconds)) (i64.const 1000000)))))

;; Looks for what another instance may have left behind, answers with what it found, and leaves marks in every place itself.
;; A fresh instance answers {"words":0,"data":0,"global":0,"table":0,"pages":2,"handle":H}, with the same H each time:
;;   words   memory outside of the data that is not zero, in 4-byte words; looked at before any other call
;;   data    words of the data segment that are not as the module has them
;;   global  the mutable global, which starts as 0
;;   table   slots of the table that are not as the module has them
;;   pages   the size of the memory
;;   handle  the first handle that the host gives out
;; Paths: /grow grows the memory at the end, /trap traps there, /wait waits for ten seconds, all with the marks made.
(memory $memory (export "memory") 2)
(data (i32.const 40960) "\11\11\11\11\22\22\22\22\33\33\33\33\44\44\44\44")

(global $mark (mut i32) (i32.const 0))

(table $table 3 funcref)
(elem (table $table) (i32.const 0) func $untouched)
(func $untouched (result i32) (i32.const 0))
(func $touched (result i32) (i32.const 1))
(elem declare func $touched)
(type $slot (func (result i32)))

(func $handle (param $request i32) (param $outparam i32)
  (local $words i32) (local $data i32) (local $table i32) (local $global i32) (local $handle i32)
  ;; Strings of this guest lie from 1024 on, below 2048.
  (local.set $words
    (i32.add
      (call $count_marked (i32.const 0) (i32.const 1024))
      (i32.add
        (call $count_marked (i32.const 2048) (i32.const 40960))
        (call $count_marked (i32.const 40976) (i32.shl (memory.size) (i32.const 16))))))
  (local.set $data (call $count_changed))
  (local.set $global (global.get $mark))
  (local.set $table (call $count_slots))
  (local.set $handle (call $new_fields))
  (call $read_path (local.get $request))
  (call $respond (local.get $outparam))
  (call $write (string "{\"words\":"))
  (call $write_number (i64.extend_i32_u (local.get $words)))
  (call $write (string ",\"data\":"))
  (call $write_number (i64.extend_i32_u (local.get $data)))
  (call $write (string ",\"global\":"))
  (call $write_number (i64.extend_i32_u (local.get $global)))
  (call $write (string ",\"table\":"))
  (call $write_number (i64.extend_i32_u (local.get $table)))
  (call $write (string ",\"pages\":"))
  (call $write_number (i64.extend_i32_u (memory.size)))
  (call $write (string ",\"handle\":"))
  (call $write_number (i64.extend_i32_u (local.get $handle)))
  (call $write (string "}"))
  (if (call $path_starts (string "/wait")) (then
    (call $leave_marks)
    (call $sleep (i32.const 10000))))
  (call $finish)
  (call $leave_marks))

;; The whole memory is overwritten, but for the strings with which an instance would tell of these marks. The path is lost.
(func $leave_marks
  (local $grow i32) (local $trap i32)
  (local.set $grow (call $path_starts (string "/grow")))
  (local.set $trap (call $path_starts (string "/trap")))
  (memory.fill (i32.const 0) (i32.const 170) (i32.const 1024))
  (memory.fill (i32.const 2048) (i32.const 170) (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 2048)))
  (global.set $mark (i32.const 7))
  (table.set $table (i32.const 0) (ref.func $touched))
  (table.set $table (i32.const 1) (ref.func $touched))
  (table.set $table (i32.const 2) (ref.func $touched))
  (if (local.get $grow) (then (drop (memory.grow (i32.const 1)))))
  (if (local.get $trap) (then unreachable)))

(func $count_marked (param $from i32) (param $to i32) (result i32)
  (local $count i32)
  (loop $next
    (if (i32.load (local.get $from)) (then (local.set $count (i32.add (local.get $count) (i32.const 1)))))
    (local.set $from (i32.add (local.get $from) (i32.const 4)))
    (br_if $next (i32.lt_u (local.get $from) (local.get $to))))
  (local.get $count))

(func $count_changed (result i32)
  (i32.add
    (i32.add
      (i32.ne (i32.load (i32.const 40960)) (i32.const 0x11111111))
      (i32.ne (i32.load (i32.const 40964)) (i32.const 0x22222222)))
    (i32.add
      (i32.ne (i32.load (i32.const 40968)) (i32.const 0x33333333))
      (i32.ne (i32.load (i32.const 40972)) (i32.const 0x44444444)))))

(func $count_slots (result i32)
  (i32.add
    (call_indirect $table (type $slot) (i32.const 0))
    (i32.add
      (i32.eqz (ref.is_null (table.get $table (i32.const 1))))
      (i32.eqz (ref.is_null (table.get $table (i32.const 2)))))))

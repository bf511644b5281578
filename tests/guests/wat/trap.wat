;; Traps where the path says: /before-head, /after-head, /mid-body (nothing was waited for, so the host may still hold the
;; written part), /mid-body-later (the part had 50 ms to go out), /after-body. Any other path is answered in full.
(func $handle (param $request i32) (param $outparam i32)
  (call $read_path (local.get $request))
  (call $trap_at (string "/before-head"))
  (call $respond (local.get $outparam))
  (call $trap_at (string "/after-head"))
  (call $write (string "part one, "))
  (if (call $path_starts (string "/mid-body-later")) (then (call $sleep (i32.const 50))))
  (call $trap_at (string "/mid-body"))
  (call $write (string "part two"))
  (call $finish)
  (call $trap_at (string "/after-body")))

(func $trap_at (param $path i32) (param $length i32)
  (if (call $path_starts (local.get $path) (local.get $length)) (then unreachable)))

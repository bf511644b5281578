;; Traps while it is instantiated, so that its handler is never reached.
(start $trap)
(func $trap unreachable)
(func $handle (param $request i32) (param $outparam i32)
  (call $answer (local.get $outparam) (string "never")))

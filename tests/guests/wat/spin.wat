;; Computes without end at /spin, and at /head-then-spin once its head and first bytes are out; quick elsewhere.
(func $handle (param $request i32) (param $outparam i32)
  (call $read_path (local.get $request))
  (if (call $path_starts (string "/spin")) (then (loop $forever (br $forever))))
  (call $respond (local.get $outparam))
  (call $write (string "quick"))
  (if (call $path_starts (string "/head-then-spin")) (then
    (call $sleep (i32.const 20))
    (loop $forever (br $forever))))
  (call $finish))

;; The smallest sound guest: 200 and "hello", whatever the request.
(func $handle (param $request i32) (param $outparam i32)
  (call $drop_request (local.get $request))
  (call $answer (local.get $outparam) (string "hello")))

import { lazy, type ReactNode, Suspense } from "react";
import { useStudio } from "../kernel/store.ts";

const WasmDialog = lazy(() => import("./wasm-dialog.tsx"));

/** Asks where Wasm belongs that was given to a workspace with a manifest. */
export function WasmQuestion(): ReactNode {
  const arrived = useStudio((state) => state.arrivedWasm);
  if (arrived === undefined) return undefined;
  return (
    <Suspense>
      <WasmDialog arrived={arrived} />
    </Suspense>
  );
}

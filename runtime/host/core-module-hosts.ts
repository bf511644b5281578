import { fermyonSpinHttp } from "./fermyon-spin-http.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { wasiPreview1 } from "./preview1.ts";

/** What only core modules are linked to. */
export const coreModuleHosts: HostInterfaces = { ...wasiPreview1, ...fermyonSpinHttp };

import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { Place } from "./dependencies.ts";
import type { StudioStore } from "./store.ts";

/** The diagnostics of the state: what the last round found, and after it hints that came while the application ran. */
export interface Findings {
  /** Replaces the findings of the round before. */
  set(diagnostics: readonly Diagnostic[]): void;
  /** Replaces what was found about files: they were checked again, and nothing was built. */
  recheck(files: readonly string[], diagnostics: readonly Diagnostic[]): void;
  /** Adds a hint unless the same is there. */
  hint(diagnostic: Diagnostic): void;
  /** The manifest was edited, and what hints are about stands elsewhere in it. */
  placeHints(placeOf: (componentId: string) => Place | undefined): void;
  /** Hints belong to one deployed application. */
  clearHints(): void;
}

export function createFindings(store: StudioStore): Findings {
  let round: readonly Diagnostic[] = [];
  let hints: readonly Diagnostic[] = [];
  const show = (): void => store.setState({ diagnostics: [...round, ...hints] });
  return {
    set(diagnostics) {
      round = [...diagnostics];
      show();
    },
    recheck(files, diagnostics) {
      const others = round.filter(({ file }) => file !== undefined && !files.includes(file));
      round = [...diagnostics, ...others];
      show();
    },
    hint(diagnostic) {
      const isSame = (other: Diagnostic): boolean =>
        other.message === diagnostic.message && other.line === diagnostic.line;
      if (hints.some(isSame)) return;
      hints = [...hints, diagnostic];
      show();
    },
    placeHints(placeOf) {
      if (hints.length === 0) return;
      hints = hints.map((hint) => (hint.grant === undefined ? hint : { ...hint, ...placeOf(hint.grant.component) }));
      show();
    },
    clearHints() {
      hints = [];
      show();
    },
  };
}

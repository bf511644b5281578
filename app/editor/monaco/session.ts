import type { editor as monacoEditor } from "monaco-editor/editor";
import { runCommand } from "../../commands/commands.ts";
import { detectPlatform } from "../../commands/keys.ts";
import type { StudioActions } from "../../kernel/actions.ts";
import type { StudioState } from "../../kernel/state.ts";
import { studioStore } from "../../kernel/store.ts";
import { mergeDiagnostics } from "../../utils/merge-diagnostics.ts";
import type { ReadingPlace } from "../reading-place.ts";
import { createInlineErrors } from "./inline-errors.ts";
import { showMarkers } from "./markers.ts";
import { createWorkspaceModels } from "./models.ts";
import { monaco } from "./monaco.ts";
import { createTypeCheck } from "./type-check.ts";
import { addSdkTypes } from "./typescript-setup.ts";

/** Tab indents in an editor, so a person who goes by keyboard must know the way out. */
const tabKeyHint =
  detectPlatform(navigator.platform) === "apple"
    ? "Control+Shift+M lets the Tab key leave the editor."
    : "Control+M lets the Tab key leave the editor.";

type ViewState = monacoEditor.ICodeEditorViewState;

/** Ties one Monaco editor to the studio's state: files, the active tab, places to reveal, findings. Returns its end. */
export function openSession(
  element: HTMLElement,
  place: ReadingPlace | undefined,
  actions: StudioActions,
  report: (work: Promise<unknown>) => void,
): () => void {
  const editor = monaco.editor.create(element, {
    model: null,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--font-code"),
    fontSize: 13,
    lineHeight: 20,
    minimap: { enabled: false },
    padding: { top: 8 },
    renderLineHighlight: "line",
    scrollBeyondLastLine: false,
    tabSize: 2,
    // Where a language has nothing to offer, words of the text are in the way of the Enter key.
    wordBasedSuggestions: "off",
    accessibilitySupport: "auto",
    // With the folding controls, which add to the second: 4 characters and 26 pixels before the text, as in the plain view.
    lineNumbersMinChars: 4,
    lineDecorationsWidth: 10,
    overviewRulerBorder: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    hideCursorInOverviewRuler: true,
  });
  const showInlineErrors = createInlineErrors(editor);
  const models = createWorkspaceModels((path, text) => {
    actions.edit(path, text);
    checkTypes();
  });
  const typeCheck = createTypeCheck(models, actions.setTypeDiagnostics.bind(actions));
  const views = new Map<string, ViewState>();
  let shown: string | undefined;
  let hasTypes = false;

  // Without the SDK's declarations every import would be an error.
  const checkTypes = (): void => {
    if (hasTypes) typeCheck.schedule();
  };

  const show = (path: string | undefined): void => {
    if (path === shown && editor.getModel() === (path === undefined ? null : (models.get(path) ?? null))) return;
    const view = editor.saveViewState();
    if (shown !== undefined && view !== null) views.set(shown, view);
    shown = path;
    editor.setModel(path === undefined ? null : (models.get(path) ?? null));
    editor.updateOptions({ ariaLabel: `${path ?? "Editor"}. ${tabKeyHint}` });
    editor.restoreViewState((path === undefined ? undefined : views.get(path)) ?? null);
  };

  const reveal = (place: StudioState["reveal"]): void => {
    if (place === undefined || place.path !== shown) return;
    const position = { lineNumber: place.line, column: place.column };
    editor.setPosition(position);
    editor.revealPositionInCenterIfOutsideViewport(position);
    editor.focus();
  };

  const follow = (state: StudioState, before: StudioState | undefined): void => {
    if (state.workspace.files !== before?.workspace.files) {
      models.sync(state.workspace.files);
      checkTypes();
    }
    show(state.tabs.active);
    if (state.reveal !== before?.reveal) reveal(state.reveal);
    const same = state.diagnostics === before?.diagnostics && state.typeDiagnostics === before?.typeDiagnostics;
    const sameFiles = Object.keys(state.workspace.files).length === Object.keys(before?.workspace.files ?? {}).length;
    if (same && sameFiles && state.tabs.active === before?.tabs.active) return;
    const findings = mergeDiagnostics(state.diagnostics, state.typeDiagnostics);
    showMarkers(models, findings);
    showInlineErrors(findings.filter(({ severity, file }) => severity === "error" && file === shown));
  };

  follow(studioStore.getState(), undefined);
  const unsubscribe = studioStore.subscribe(follow);
  editor.addAction({
    id: "studio.run",
    label: "Run application",
    keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
    run: () => report(runCommand("application.run")),
  });
  const opener = monaco.editor.registerEditorOpener({
    openCodeEditor(_source, resource, target) {
      const path = resource.path.slice(1);
      if (models.get(path) === undefined) return false;
      const line = target === undefined ? 1 : "lineNumber" in target ? target.lineNumber : target.startLineNumber;
      const column = target === undefined ? 1 : "column" in target ? target.column : target.startColumn;
      actions.openFile(path, { line, column });
      return true;
    },
  });
  const withTypes = async (): Promise<void> => {
    hasTypes = await addSdkTypes();
    checkTypes();
  };
  report(withTypes());
  if (place !== undefined && place.path === shown) {
    editor.setScrollTop(place.scrollTop);
    editor.setPosition({ lineNumber: place.line, column: 1 });
    if (place.focused) editor.focus();
  }

  return (): void => {
    unsubscribe();
    opener.dispose();
    typeCheck.dispose();
    editor.dispose();
    models.dispose();
  };
}

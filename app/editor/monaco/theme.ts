import { invariant } from "../../../runtime/errors.ts";
import type { Theme } from "../../shell/theme.ts";
import { monaco } from "./monaco.ts";

/** Gives Monaco the colours of the page, out of the same design tokens. Called anew when the theme changes. */
export function applyEditorTheme(theme: Theme): void {
  const tokens = getComputedStyle(document.documentElement);
  const canvas = document.createElement("canvas").getContext("2d");
  invariant(canvas, "The browser gave no canvas to read colours with.");
  // Monaco takes six hexadecimal digits alone, and a style sheet may write a colour in any way; a canvas makes it so.
  const colour = (name: string): string => {
    canvas.fillStyle = tokens.getPropertyValue(`--${name}`).trim();
    return canvas.fillStyle;
  };
  const ink = (name: string): string => colour(name).slice(1);
  monaco.editor.defineTheme("studio", {
    base: theme === "dark" ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      { token: "comment", foreground: ink("text-muted"), fontStyle: "italic" },
      { token: "keyword", foreground: ink("hue-1") },
      { token: "string", foreground: ink("hue-5") },
      { token: "string.escape", foreground: ink("hue-2") },
      { token: "number", foreground: ink("hue-3") },
      { token: "type", foreground: ink("hue-0") },
      { token: "tag", foreground: ink("hue-3") },
      { token: "attribute.name", foreground: ink("hue-2") },
      { token: "variable.toml", foreground: ink("hue-3") },
      { token: "type.toml", foreground: ink("hue-1") },
    ],
    colors: {
      "editor.background": colour("ground"),
      "editor.foreground": colour("text"),
      "editorLineNumber.foreground": colour("text-muted"),
      "editorLineNumber.activeForeground": colour("text"),
      "editorWidget.background": colour("surface"),
      "editorWidget.border": colour("border"),
      "editorHoverWidget.background": colour("surface"),
      "editorSuggestWidget.background": colour("surface"),
      "editor.lineHighlightBorder": "#00000000",
      "editor.lineHighlightBackground": colour("surface"),
      "editorError.foreground": colour("error"),
      "editorWarning.foreground": colour("warning"),
      "editorOverviewRuler.errorForeground": colour("error"),
      "editorOverviewRuler.warningForeground": colour("warning"),
      "editorCursor.foreground": colour("accent"),
      focusBorder: colour("accent"),
    },
  });
  monaco.editor.setTheme("studio");
}

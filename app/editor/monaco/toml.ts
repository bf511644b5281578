import type { languages } from "monaco-editor/editor";
import { monaco } from "./monaco.ts";

/** Teaches Monaco TOML: what the colours need, by the grammar of toml.io 1.0. */
export function registerToml(): void {
  monaco.languages.register({ id: "toml", extensions: [".toml"], aliases: ["TOML"] });
  monaco.languages.setLanguageConfiguration("toml", {
    comments: { lineComment: "#" },
    brackets: [
      ["[", "]"],
      ["{", "}"],
    ],
    autoClosingPairs: ['"', "'", "[", "{"].map((open, index) => ({
      open,
      close: ['"', "'", "]", "}"][index] ?? open,
      notIn: ["string", "comment"],
    })),
  });
  monaco.languages.setMonarchTokensProvider("toml", tokenizer);
}

const tokenizer: languages.IMonarchLanguage = {
  escapes: /\\(?:[btnfr"\\e]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2})/,
  tokenizer: {
    root: [
      [/^(\s*)(\[\[?)([^\]#]*)(\]\]?)/, ["white", "delimiter", "type", "delimiter"]],
      [/(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?=\s*[.=])/, "variable"],
      [/=/, { token: "delimiter", next: "@value" }],
      { include: "@blank" },
      [/[.,}\]]/, "delimiter"],
    ],
    value: [
      [/"""/, { token: "string", switchTo: "@multiLineBasic" }],
      [/'''/, { token: "string", switchTo: "@multiLineLiteral" }],
      [/"/, { token: "string", switchTo: "@basic" }],
      [/'[^'\n]*'?/, { token: "string", next: "@pop" }],
      [/\[/, { token: "delimiter", switchTo: "@array" }],
      [/\{/, { token: "delimiter", switchTo: "@table" }],
      [/(?:true|false)\b/, { token: "keyword", next: "@pop" }],
      [/\d{4}-\d\d-\d\d(?:[Tt ][\d:.]+(?:[Zz]|[+-][\d:]+)?)?|\d\d:\d\d[\d:.]*/, { token: "number.date", next: "@pop" }],
      [
        /[+-]?(?:0x[\dA-Fa-f_]+|0o[0-7_]+|0b[01_]+|inf|nan|\d[\d_]*(?:\.[\d_]+)?(?:[eE][+-]?[\d_]+)?)/,
        { token: "number", next: "@pop" },
      ],
      [/[ \t]+/, "white"],
      // A value that is not there, or is none of the above: the next line begins anew.
      [/#.*$/, { token: "comment", next: "@pop" }],
      [/[^\s#]+/, { token: "invalid", next: "@pop" }],
      [/$/, { token: "", next: "@pop" }],
    ],
    array: [
      [/\]/, { token: "delimiter", next: "@pop" }],
      [/,/, "delimiter"],
      { include: "@blank" },
      [/(?=\S)/, { token: "", next: "@value" }],
    ],
    table: [
      [/\}/, { token: "delimiter", next: "@pop" }],
      [/[,.]/, "delimiter"],
      [/(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?=\s*[.=])/, "variable"],
      [/=/, { token: "delimiter", next: "@value" }],
      { include: "@blank" },
      [/[^\s}]/, "invalid"],
    ],
    basic: [
      [/[^\\"]+/, "string"],
      [/@escapes/, "string.escape"],
      [/\\./, "string.escape.invalid"],
      [/"/, { token: "string", next: "@pop" }],
      [/$/, { token: "string", next: "@pop" }],
    ],
    multiLineBasic: [
      [/"""/, { token: "string", next: "@pop" }],
      [/@escapes|\\$/, "string.escape"],
      [/[^\\"]+|["\\]/, "string"],
    ],
    multiLineLiteral: [
      [/'''/, { token: "string", next: "@pop" }],
      [/[^']+|'/, "string"],
    ],
    blank: [
      [/[ \t\r\n]+/, "white"],
      [/#.*$/, "comment"],
    ],
  },
};

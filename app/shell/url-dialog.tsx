import { type ReactNode, useState } from "react";
import { runCommand } from "../commands/commands.ts";
import field from "../design/field.module.css";
import FormDialog from "../design/form-dialog.tsx";

/** Asks for a URL, and opens what is there. */
export default function UrlDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [url, setUrl] = useState("");
  return (
    <FormDialog
      title="Open a URL"
      description="The address of a .wasm, of a zip with spin.toml, or of a spin.toml. Its server must let other origins read it (CORS)."
      action="Open"
      disabled={url.trim() === ""}
      onSubmit={() => runCommand("workspace.open-url", { url })}
      onClose={onClose}
    >
      <input
        className={`${field.field} ${field.code}`}
        type="url"
        aria-label="URL"
        placeholder="https://example.com/hello.wasm"
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        spellCheck={false}
      />
    </FormDialog>
  );
}

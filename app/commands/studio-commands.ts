import type { StudioActions } from "../kernel/actions.ts";
import type { StudioState } from "../kernel/state.ts";
import type { Command, CommandId } from "./command.ts";
import type { CommandRegistry } from "./registry.ts";

const hasApplication = (state: StudioState): boolean => state.run.application !== undefined;
const hasWorkspace = (state: StudioState): boolean => state.workspace.id !== "";

/** Registers what the kernel can do. Panels, palette and terminal register their own commands beside these. */
export function registerStudioCommands(
  registry: CommandRegistry,
  actions: StudioActions,
  autoRun: () => boolean,
): void {
  const add = <Id extends CommandId>(command: Command<Id>): void => {
    registry.register(command);
  };
  add({
    id: "application.run",
    title: "Run application",
    category: "Application",
    keys: "Mod+Enter",
    when: hasWorkspace,
    run: () => actions.run(),
  });
  add({
    id: "application.stop",
    title: "Stop application",
    category: "Application",
    keys: "Mod+Shift+Enter",
    when: (state) => hasApplication(state) || state.run.phase === "building" || state.run.phase === "starting",
    run: () => actions.stop(),
  });
  add({
    id: "application.toggle-auto-run",
    title: "Toggle auto-run",
    category: "Application",
    run: () => actions.setAutoRun(!autoRun()),
  });
  add({
    id: "file.open",
    title: "Open file",
    category: "File",
    parameters: [{ name: "path", title: "Path" }],
    when: hasWorkspace,
    run: ({ path, line, column }) =>
      actions.openFile(path, line === undefined ? undefined : { line, column: column ?? 1 }),
  });
  add({
    id: "file.new",
    title: "New file",
    category: "File",
    parameters: [{ name: "path", title: "Path of the new file" }],
    when: hasWorkspace,
    run: ({ path, content }) => actions.createFile(path, content),
  });
  add({
    id: "file.rename",
    title: "Rename file or folder",
    category: "File",
    parameters: [
      { name: "from", title: "Path" },
      { name: "to", title: "New path" },
    ],
    when: hasWorkspace,
    run: ({ from, to }) => actions.renamePath(from, to),
  });
  add({
    id: "file.delete",
    title: "Delete file or folder",
    category: "File",
    parameters: [{ name: "path", title: "Path" }],
    when: hasWorkspace,
    run: ({ path }) => actions.deletePath(path),
  });
  add({
    id: "file.copy-path",
    title: "Copy path of file or folder",
    category: "File",
    parameters: [{ name: "path", title: "Path" }],
    run: ({ path }) => navigator.clipboard.writeText(path),
  });
  add({
    id: "file.download",
    title: "Download file",
    category: "File",
    parameters: [{ name: "path", title: "Path" }],
    when: hasWorkspace,
    run: ({ path }) => actions.downloadFile(path),
  });
  add({
    id: "workspace.open-template",
    title: "New from template",
    category: "Workspace",
    parameters: [{ name: "template", title: "Template" }],
    run: ({ template }) => actions.openTemplate(template),
  });
  add({
    id: "request.send",
    title: "Send request",
    category: "Request",
    when: hasApplication,
    run: (request) => actions.sendRequest(request),
  });
  add({ id: "logs.clear", title: "Clear logs", category: "View", run: () => actions.clearLogs() });
  add({
    id: "component.download",
    title: "Download component",
    category: "Workspace",
    parameters: [{ name: "component", title: "Component" }],
    when: hasWorkspace,
    run: ({ component }) => actions.downloadComponent(component),
  });
  add({
    id: "component.download-wat",
    title: "Download the text (WAT) of a component",
    category: "Workspace",
    parameters: [{ name: "component", title: "Component" }],
    when: hasWorkspace,
    run: ({ component }) => actions.downloadWat(component),
  });
}

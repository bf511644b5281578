import { PortTakenError } from "../../server/listen.ts";
import { startProductionServer } from "../../server/production-server.ts";
import { readSettings, SettingsError } from "../../server/settings.ts";
import { dist } from "./production-build.ts";
import { CommandError } from "./step.ts";

/** Serves the production build as the environment says, and prints the studio's address. */
export async function serve(): Promise<void> {
  const settings = readSettings(process.env);
  const { port } = await startProductionServer(dist, settings);
  console.log(`Spin Playground: http://${settings.studioHost}:${port}`);
}

/** Runs a program's main function. Errors whose message says it all end it with that line, others with their stack. */
export async function main(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    const known = [PortTakenError, SettingsError, CommandError].some((kind) => error instanceof kind);
    console.error(known ? (error as Error).message : error);
    process.exit(1);
  }
}

import type { Command } from "commander";
import type { Context } from "../context.js";
import { addImportRunCommand } from "./import-run.js";
import { addImportTableCommand } from "./import-table.js";
import { addImportTao20Command } from "./import-tao20.js";
import { addImportTaostatsCommand } from "./import-taostats.js";

export function addImportCommand(program: Command, context: Context): void {
  const group = program.command("import").description("turn files of another kind into a recording that scenarios can name");
  addImportTaostatsCommand(group, context);
  addImportTao20Command(group, context);
  addImportTableCommand(group, context);
  addImportRunCommand(group, context);
  group.addHelpText("after", "\nExample:\n  $ tenure import taostats downloads/miner --out recordings/miner");
}

import type { Command } from "commander";
import type { Context } from "../context.js";
import { addScenariosCalibrateCommand } from "./scenarios-calibrate.js";
import { addScenariosCheckCommand } from "./scenarios-check.js";
import { addScenariosListCommand } from "./scenarios-list.js";
import { addScenariosNewCommand } from "./scenarios-new.js";
import { addSchemaCommand } from "./schema-command.js";

export function addScenariosCommand(program: Command, context: Context): void {
  const group = program.command("scenarios").description("list, check and begin scenarios, also from a recording");
  addScenariosListCommand(group, context);
  addScenariosCheckCommand(group, context);
  addScenariosNewCommand(group, context);
  addScenariosCalibrateCommand(group, context);
  addSchemaCommand(group, context, "scenarios");
  group.addHelpText("after", "\nExample:\n  $ tenure scenarios new my-subnet");
}

import type { Command } from "commander";
import type { Context } from "../context.js";
import { addSchemaCommand } from "./schema-command.js";
import { addStudiesApplyCommand } from "./studies-apply.js";
import { addStudiesListCommand } from "./studies-list.js";
import { addStudiesShowCommand } from "./studies-show.js";

export function addStudiesCommand(program: Command, context: Context): void {
  const group = program
    .command("studies")
    .description("list the shipped studies, show a finished one, and write what it found into a scenario");
  addStudiesListCommand(group, context);
  addStudiesShowCommand(group, context);
  addStudiesApplyCommand(group, context);
  addSchemaCommand(group, context, "studies");
  group.addHelpText("after", "\nExample:\n  $ tenure studies show runs/tune-retention");
}

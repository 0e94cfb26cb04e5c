import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";

export function addScenariosListCommand(group: Command, { terminal }: Context): void {
  withOutputOptions(group.command("list").description("list the scenarios that come with Tenure"))
    .addHelpText("after", "\nExample:\n  $ tenure scenarios list")
    .action(async ({ json }: OutputOptions) => {
      const { listShippedScenarios } = await import("../../scenarios/light.js");
      const scenarios = listShippedScenarios();
      if (json === true) {
        terminal.stdout(formatJson(scenarios));
        return;
      }
      const { shippedListText } = await import("../../reports/light.js");
      terminal.stdout(shippedListText(scenarios, reportStyle(terminal)));
    });
}

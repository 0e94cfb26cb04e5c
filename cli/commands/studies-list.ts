import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";

export function addStudiesListCommand(group: Command, { terminal }: Context): void {
  withOutputOptions(group.command("list").description("list the studies that come with Tenure"))
    .addHelpText("after", "\nExample:\n  $ tenure studies list")
    .action(async ({ json }: OutputOptions) => {
      const { listShipped } = await import("../../scenarios/light.js");
      const studies = listShipped("studies");
      if (json === true) {
        terminal.stdout(formatJson(studies));
        return;
      }
      const { shippedListText } = await import("../../reports/light.js");
      terminal.stdout(shippedListText(studies, reportStyle(terminal)));
    });
}

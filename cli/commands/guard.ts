import { type Command, InvalidArgumentError, Option } from "commander";
import type { Context } from "../context.js";
import type { GuardReviewOptions, GuardRunOptions } from "../guarding/guard-options.js";
import { collect, parseCount, parsePath, withOutputOptions } from "../options.js";

export function addGuardCommand(program: Command, context: Context): void {
  const group = program
    .command("guard")
    .description("compare what a scenario pays with a baseline that was approved: who is paid otherwise, by how much, and by which rule");
  addGuardRun(group, context);
  addGuardReview(group, context);
  group.addHelpText("after", "\nExample:\n  $ tenure guard run demo --update");
}

function addGuardRun(group: Command, context: Context): void {
  const command = group
    .command("run")
    .description("run a scenario and compare pay, multipliers, stages and weights with its baseline; exit code 1 where they differ")
    .argument("<scenario>", "a scenario file, or the name of a shipped one", parsePath)
    .option("--baseline <dir>", "folder of the baseline (default: baselines/<name> beside the scenario's file)", parsePath)
    .option("--tolerance <amount>", "how far pay may be off: rao a day, or a share of a day's pay as 0.1%", parseToleranceText, "0")
    .option("--update", "write what was measured as the baseline; the first one, or in place of it")
    .option("--terms", "keep every term of every epoch with it, too: it tells causes where code or data changed")
    .option("--expect <figure>", "demand a figure, as 'pot_moved < 6 %'; needs no baseline; can be repeated", collect)
    .option("--by <name>", "who accepts changes with --update (default: who you are on this machine)")
    .option("--data <dir>", "folder where the scenario's relative stream paths start", parsePath)
    .option("--set <path=value>", "replace a value of the scenario; can be repeated", collect)
    .option("--seed <n>", "replace the scenario's seed", parseCount)
    .addOption(new Option("--format <format>", "how it is told").choices(["text", "json", "junit", "github"]).default("text"))
    .option("--out <file>", "write it there in that format, and text to the terminal", parsePath);
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nExit code 1: pay differs, or a figure is not as demanded.\n\nExamples:\n  $ tenure guard run demo --update\n  $ tenure guard run demo --set vesting.max_multiplier=2\n  $ tenure guard run demo --expect 'pot_moved < 6 %'",
    )
    .action(async (scenario: string, options: GuardRunOptions) => {
      const { runGuard } = await import("../guarding/run-guard.js");
      await runGuard(scenario, options, context);
    });
}

function addGuardReview(group: Command, context: Context): void {
  const command = group
    .command("review")
    .description("show what a failed guard left, group by group, and accept, reject or skip each; asks where it can")
    .argument("<scenario>", "the scenario, as it was given to `guard run`", parsePath)
    .option("--baseline <dir>", "folder of the baseline (default: baselines/<name> beside the scenario's file)", parsePath)
    .option("--accept <cause>", "accept a group without asking: cause:multiplier.duration_factor, or all; can be repeated", collect)
    .option("--reject [cause]", "reject a group without asking, or all; can be repeated", collect)
    .option("--by <name>", "who accepts (default: who you are on this machine)");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nExit code 1: a change is rejected, or still to be decided.\n\nExample:\n  $ tenure guard review demo --accept cause:multiplier.duration_factor",
    )
    .action(async (scenario: string, options: GuardReviewOptions) => {
      const { reviewGuard } = await import("../guarding/review-guard.js");
      await reviewGuard(scenario, options, context);
    });
}

/** Read by reports, which are not loaded for a help. */
function parseToleranceText(text: string): string {
  if (/^\d{1,15}(\.\d{1,12}\s*%|\s*%)?$/.test(text.trim())) return text.trim();
  throw new InvalidArgumentError("rao a day, such as 0 or 1000, or a share of a day's pay, such as 0.1%");
}

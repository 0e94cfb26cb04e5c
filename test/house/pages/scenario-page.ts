import { scenarioJsonSchema } from "../../../scenarios/index.js";
import { type Schema, schemaTable } from "./schema-rows.js";

/** The reference of every key of a scenario, as Markdown. */
export function scenarioPage(): string {
  return `${[
    "<!-- Made by `npm run docs:reference` from scenarios/schema. Do not edit. -->",
    "# Scenario keys",
    "A scenario is a YAML file. `tenure scenarios new <name>` begins one, `tenure scenarios check <file>` checks it, and `tenure scenarios schema` prints a JSON Schema for editors. Any key can be replaced for one run: `--set vesting.max_multiplier=2`.",
    "`a[]` stands for the entries of the list `a`.",
    schemaTable(scenarioJsonSchema() as Schema),
  ].join("\n\n")}\n`;
}

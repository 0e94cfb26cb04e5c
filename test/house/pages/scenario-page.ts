import { scenarioJsonSchema } from "../../../scenarios/index.js";
import { type Schema, schemaTable } from "./schema-rows.js";

/** The reference of every key of a scenario, as Markdown. */
export function scenarioPage(): string {
  return `${[
    "<!-- Made by `npm run docs:reference` from scenarios/schema. Do not edit. -->",
    "# Scenario keys",
    "A scenario is a YAML file. `tenure scenarios new <name>` begins one, `tenure scenarios check <file>` checks it, and `tenure scenarios schema` prints a JSON Schema for editors. Any key can be replaced for one run: `--set vesting.max_multiplier=2`. An entry of a list is named by its place (`streams.0`), its name (`closed_loop.miners.sellers`, `streams.prices`) or its netuid (`subnets.netuid-7`, also where a file has the one `subnet`); of what a file does not write out as a list or mapping, the whole is replaced.",
    "`a[]` stands for the entries of the list `a`.",
    schemaTable(scenarioJsonSchema() as Schema),
  ].join("\n\n")}\n`;
}

import { studyJsonSchema } from "../../../studies/index.js";
import { type Schema, schemaTable } from "./schema-rows.js";

/** The reference of every key of a study, as Markdown. */
export function studyPage(): string {
  return `${[
    "<!-- Made by `npm run docs:reference` from studies/tuning/plan. Do not edit. -->",
    "# Study keys",
    "A study is a YAML file that says what `tenure tune` tries and what is wanted of it: [Tune a rule](../how-to/tune.md). `tenure studies list` names those that come with Tenure, and `tenure studies schema` prints a JSON Schema for editors.",
    "`a[]` stands for the entries of the list `a`, `a.*` for those of the mapping `a`. A key that is there several times belongs to several kinds of entry: each begins with the key that tells it, such as `kind`.",
    schemaTable(studyJsonSchema() as Schema),
  ].join("\n\n")}\n`;
}

import { createHash } from "node:crypto";
import { parse, stringify } from "yaml";
import { BASELINE_FORMAT, type Baseline } from "./baseline.js";
import { ABOUT_FILE, APPROVALS_FILE, SCENARIO_FILE, TOTALS_FILE } from "./baseline-files.js";
import { totalsPrint, totalsText } from "./totals-text.js";

/** YAML as all files of a baseline have it: the same data give the same bytes. */
export function yamlText(head: string, value: unknown): string {
  return `# ${head}\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** SHA-256 of a scenario, as its text has it: comments and the layout of the file do not matter. */
export function scenarioPrint(resolved: unknown): string {
  const read: unknown = parse(stringify(resolved, { aliasDuplicateObjects: false }), { maxAliasCount: 0 });
  return createHash("sha256").update(yamlText("", read)).digest("hex");
}

/** The texts of a baseline, by file. */
export function baselineTexts(baseline: Baseline): ReadonlyMap<string, string> {
  const { scenario, tenure, totals, resolved, inputs, ahead, approvals } = baseline;
  const about = {
    format: BASELINE_FORMAT,
    scenario,
    tenure,
    totals_sha256: totalsPrint(totals),
    scenario_sha256: scenarioPrint(resolved),
    inputs,
    ahead: ahead.map(({ netuid, kind, hotkey, coldkey }) => ({ netuid, kind, hotkey, coldkey })),
  };
  return new Map([
    [TOTALS_FILE, totalsText(totals)],
    [SCENARIO_FILE, yamlText("The scenario that was measured, every default filled in.", resolved)],
    [ABOUT_FILE, yamlText("A baseline of pay, written by `tenure guard`.", about)],
    [APPROVALS_FILE, yamlText("Who accepted which change of pay.", { approvals })],
  ]);
}

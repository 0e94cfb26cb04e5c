import { createHash } from "node:crypto";
import { parse, stringify } from "yaml";
import { type Approval, BASELINE_FORMAT, type Baseline } from "./baseline.js";
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

/** SHA-256 of approvals as data, as of `scenarioPrint`. */
export function approvalsPrint(approvals: readonly Approval[]): string {
  return scenarioPrint({ approvals });
}

/** SHA-256 of all that a header says but this. */
export function headerPrint({ header_sha256: _, ...header }: Readonly<Record<string, unknown>>): string {
  return scenarioPrint(header);
}

/**
 * The texts of a baseline, by file.
 * @param termsPrint SHA-256 of the file of terms beside them; null: there is none
 */
export function baselineTexts(baseline: Baseline, termsPrint: string | null): ReadonlyMap<string, string> {
  const { scenario, tenure, totals, resolved, inputs, ahead, approvals } = baseline;
  const about = {
    format: BASELINE_FORMAT,
    scenario,
    tenure,
    totals_sha256: totalsPrint(totals),
    scenario_sha256: scenarioPrint(resolved),
    approvals_sha256: approvalsPrint(approvals),
    terms_sha256: termsPrint,
    inputs,
    ahead: ahead.map(({ netuid, kind, hotkey, coldkey }) => ({ netuid, kind, hotkey, coldkey })),
  };
  return new Map([
    [TOTALS_FILE, totalsText(totals)],
    [SCENARIO_FILE, yamlText("The scenario that was measured, every default filled in.", resolved)],
    [ABOUT_FILE, yamlText("A baseline of pay, written by `tenure guard`.", { ...about, header_sha256: headerPrint(about) })],
    [APPROVALS_FILE, yamlText("Who accepted which change of pay.", { approvals })],
  ]);
}

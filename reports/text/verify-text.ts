import type { VerifyReport } from "../../recorders/index.js";
import { formatCount } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";

/** Whether a run is confirmed, and if not, what differs first. */
export function verifyText(report: VerifyReport, style: ReportStyle): string {
  const { ok, digest, rerunDigest, changedTables, changedInputs, duckdbFaults, foreignFiles, difference, version } = report;
  const foreign = foreignFiles.map((file) => `  note: ${style.legible(file)} is not of this run.`);
  if (ok) return `${[`${style.bold("Confirmed.")} The run gives the same bytes again.`, `  digest ${digest}`, ...foreign].join("\n")}\n`;
  const lines = [style.bold("Not confirmed.")];
  for (const { file, expected, found } of [...changedTables, ...changedInputs]) {
    lines.push(found === null ? `  ${file} is missing.` : `  ${file} was changed: SHA-256 ${found}, the manifest says ${expected}.`);
  }
  for (const fault of duckdbFaults) lines.push(`  ${style.legible(fault)}.`);
  if (rerunDigest !== null) lines.push(`  digest of the run    ${digest}`, `  digest when repeated ${rerunDigest}`);
  if (difference !== null) {
    const { table, row, column, recorded, rerun } = difference;
    const where = row === null ? `table ${table}` : `table ${table}, row ${formatCount(row)}${column === null ? "" : `, column ${column}`}`;
    lines.push(`  first difference: ${where}: recorded ${style.legible(String(recorded))}, repeated ${style.legible(String(rerun))}`);
  }
  if (version.recorded !== version.now) {
    lines.push(
      `  Tenure ${style.legible(version.recorded)} wrote the run, this is ${version.now}; another version may compute something else.`,
    );
  }
  lines.push(...foreign);
  return `${lines.join("\n")}\n`;
}

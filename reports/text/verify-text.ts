import type { VerifyReport } from "../../recorders/index.js";
import { formatCount } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { hanging } from "./paragraph.js";

/** Whether a run is confirmed, and if not, what differs first. */
export function verifyText(report: VerifyReport, style: ReportStyle): string {
  const { ok, digest, rerunDigest, changedTables, changedInputs, duckdbFaults, foreignFiles, difference, version } = report;
  const line = (text: string) => hanging("  ", text, style);
  const foreign = foreignFiles.map((file) => hanging("  note: ", `${style.legible(file)} is not of this run.`, style));
  if (ok) return `${[`${style.bold("Confirmed.")} The run gives the same bytes again.`, `  digest ${digest}`, ...foreign].join("\n")}\n`;
  const lines = [style.bold("Not confirmed.")];
  for (const { file, expected, found } of [...changedTables, ...changedInputs]) {
    const name = style.legible(file);
    lines.push(line(found === null ? `${name} is missing.` : `${name} was changed: SHA-256 ${found}, the manifest says ${expected}.`));
  }
  for (const fault of duckdbFaults) lines.push(line(`${style.legible(fault)}.`));
  if (rerunDigest !== null) lines.push(line(`digest of the run    ${digest}`), line(`digest when repeated ${rerunDigest}`));
  if (difference !== null) {
    const { table, row, column, recorded, rerun } = difference;
    const where = row === null ? `table ${table}` : `table ${table}, row ${formatCount(row)}${column === null ? "" : `, column ${column}`}`;
    const values = `recorded ${style.legible(String(recorded))}, repeated ${style.legible(String(rerun))}`;
    lines.push(hanging("  first difference: ", `${where}: ${values}`, style));
  }
  if (version.recorded !== version.now) {
    const recorded = style.legible(version.recorded);
    lines.push(line(`Tenure ${recorded} wrote the run, this is ${version.now}; another version may compute something else.`));
  }
  lines.push(...foreign);
  return `${lines.join("\n")}\n`;
}

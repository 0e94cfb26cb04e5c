import type { StudyVerifyReport } from "../../studies/index.js";
import { formatCount, plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { hanging } from "./paragraph.js";

/** Of a long list so much is told; all is in `--json`. */
const SHOWN = 5;

/** Whether the replicates of a study are confirmed, and if not, what differs. */
export function studyVerifyText(report: StudyVerifyReport, style: ReportStyle): string {
  const { ok, digest, replicates, repeated, changedFiles, changedInputs, duckdbFaults, foreignFiles, differing, version } = report;
  const line = (text: string) => hanging("  ", style.legible(text), style);
  const foreign = foreignFiles
    .slice(0, SHOWN)
    .map((file) => hanging("  note: ", `${style.legible(file)} is not of these replicates.`, style));
  const which = repeated === replicates ? `All ${formatCount(replicates)}` : `${formatCount(repeated)} of ${formatCount(replicates)}`;
  if (ok) {
    const what = replicates === 1 ? "The replicate gives" : `${which} replicates give`;
    return `${[`${style.bold("Confirmed.")} ${what} the same bytes again.`, `  digest ${digest}`, ...foreign].join("\n")}\n`;
  }
  const lines = [style.bold("Not confirmed.")];
  const changed = [...changedFiles, ...changedInputs];
  for (const { file, expected, found } of changed.slice(0, SHOWN)) {
    lines.push(line(found === null ? `${file} is missing.` : `${file} was changed: SHA-256 ${found}, the manifest says ${expected}.`));
  }
  if (changed.length > SHOWN) lines.push(line(`and ${plural(changed.length - SHOWN, "more file")} (--json)`));
  for (const fault of duckdbFaults) lines.push(line(`${fault}.`));
  for (const { replicate, recorded, repeated: again, difference } of differing.slice(0, SHOWN)) {
    if (recorded !== again) lines.push(line(`replicate ${replicate}: recorded ${recorded}, repeated ${again}`));
    if (difference === null) continue;
    const { table, row, column } = difference;
    const where = row === null ? `table ${table}` : `table ${table}, row ${formatCount(row)}${column === null ? "" : `, column ${column}`}`;
    const values = `recorded ${String(difference.recorded)}, repeated ${String(difference.rerun)}`;
    lines.push(hanging(`  first difference of replicate ${replicate}: `, style.legible(`${where}: ${values}`), style));
  }
  if (differing.length > SHOWN) lines.push(line(`and ${plural(differing.length - SHOWN, "more replicate")} (--json)`));
  if (version.recorded !== version.now) {
    lines.push(line(`Tenure ${version.recorded} wrote them, this is ${version.now}; another version may compute something else.`));
  }
  lines.push(...foreign);
  return `${lines.join("\n")}\n`;
}

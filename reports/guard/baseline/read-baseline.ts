import { stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { TenureError } from "../../../engine/index.js";
import { BASELINE_FORMAT, type Baseline } from "./baseline.js";
import { ABOUT_FILE, APPROVALS_FILE, SCENARIO_FILE, TERMS_FILE, TOTALS_FILE } from "./baseline-files.js";
import { approvalsPrint, headerPrint, scenarioPrint } from "./baseline-text.js";
import { type CheckedPart, editedFile } from "./edited-file.js";
import { damagedFile, readBaselineText } from "./read-text.js";
import { readTotals } from "./read-totals.js";
import { readYamlFile } from "./read-yaml.js";
import { termsPrintIn } from "./terms-print.js";
import { totalsPrint } from "./totals-text.js";
import { readableFolder } from "./whole-folder.js";

/** Refusals of a baseline that was damaged, or is of another version: what was measured may take its place. */
export const DAMAGED: ReadonlySet<string> = new Set(["TEN-GUARD-002", "TEN-GUARD-003", "TEN-GUARD-004", "TEN-GUARD-021", "TEN-RESULT-002"]);

export const paidKeySchema = z.object({
  netuid: z.number().int().min(0),
  kind: z.enum(["position", "rest"]),
  hotkey: z.string(),
  coldkey: z.string(),
});

const aboutSchema = z.object({
  format: z.literal(BASELINE_FORMAT),
  scenario: z.string(),
  tenure: z.string(),
  totals_sha256: z.string(),
  scenario_sha256: z.string(),
  // Baselines of before have none of these, and are read without.
  approvals_sha256: z.string().optional(),
  terms_sha256: z.string().nullable().optional(),
  header_sha256: z.string().optional(),
  inputs: z.array(
    z.object({ stream: z.string(), source: z.enum(["recorded", "plug_in"]), file: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
  ahead: z.array(paidKeySchema),
});

const rao = z.string().regex(/^\d+$/);
export const approvalsSchema = z.object({
  approvals: z.array(
    z.object({
      at: z.string(),
      by: z.string(),
      cause: z.string(),
      positions: z.number().int().min(0),
      moved_rao: rao,
      changed: z.array(z.object({ path: z.string(), from: z.unknown(), to: z.unknown() })),
    }),
  ),
});

/** A fault of what pay is not compared with. @param part what of the baseline has it */
export type SideFault = (fault: TenureError, part: "approvals" | "terms") => void;

/**
 * Reads the baseline in a folder; null: there is none. Every file of it is checked by its checksum.
 * @param onSideFault told of a fault of approvals or terms, and the baseline is read all the same; left out: it is thrown
 * @throws TenureError `TEN-GUARD-001` something else lies there, `-002` written by a newer version, `-003`, `-004` damaged, `-021` edited by hand
 */
export async function readBaseline(given: string, onSideFault?: SideFault): Promise<Baseline | null> {
  const folder = await readableFolder(given);
  const entry = await stat(folder).catch(() => null);
  if (entry === null) return null;
  const about = join(folder, ABOUT_FILE);
  const isOne = await stat(about).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isOne) throw noBaseline(folder, entry.isDirectory());
  const header = await readYamlFile(about, z.looseObject({ format: z.number() }));
  if (header.format !== BASELINE_FORMAT) throw otherFormat(about, header.format);
  const { scenario, tenure, inputs, ahead, ...prints } = await readYamlFile(about, aboutSchema);
  checkPrint("header", about, headerPrint(header), prints.header_sha256);
  const file = join(folder, TOTALS_FILE);
  const totals = readTotals(await readBaselineText(file), file);
  checkPrint("totals", file, totalsPrint(totals), prints.totals_sha256);
  const scenarioFile = join(folder, SCENARIO_FILE);
  const resolved = await readYamlFile(scenarioFile, z.looseObject({}));
  checkPrint("scenario", scenarioFile, scenarioPrint(resolved), prints.scenario_sha256);
  const approvalsFile = join(folder, APPROVALS_FILE);
  const { approvals } = await readYamlFile(approvalsFile, approvalsSchema);
  const termsPrint = await termsPrintIn(folder);
  const sideChecks = [
    ["approvals", () => checkPrint("approvals", approvalsFile, approvalsPrint(approvals), prints.approvals_sha256)],
    ["terms", () => checkTerms(join(folder, TERMS_FILE), termsPrint, prints.terms_sha256)],
  ] as const;
  for (const [part, check] of sideChecks) {
    try {
      check();
    } catch (error) {
      if (onSideFault === undefined || !(error instanceof TenureError)) throw error;
      onSideFault(error, part);
    }
  }
  return { scenario, tenure, totals, resolved, inputs, ahead, approvals };
}

/** @param stated undefined: a baseline of before, which states none */
function checkPrint(part: CheckedPart, file: string, found: string, stated: string | undefined): void {
  if (stated !== undefined && found !== stated) throw editedFile(part, file, found, stated);
}

function checkTerms(file: string, found: string | null, stated: string | null | undefined): void {
  if (stated === undefined || found === stated) return;
  if (found === null) throw damagedFile(file, "", "no such file");
  throw editedFile("terms", file, found, stated ?? "no such file");
}

function noBaseline(folder: string, isFolder: boolean): TenureError {
  return new TenureError({
    code: "TEN-GUARD-001",
    what: "This is no baseline: nothing of it is touched.",
    place: { file: folder },
    found: isFolder ? `a folder without ${ABOUT_FILE}` : "a file",
    allowed: "a folder that `tenure guard run --update` wrote, or a path where nothing is yet",
    hint: `Choose another --baseline. Where ${ABOUT_FILE} of a baseline is lost, take it from the version control again, or run the guard with --update.`,
  });
}

function otherFormat(file: string, found: number): TenureError {
  return new TenureError({
    code: "TEN-GUARD-002",
    what: "The baseline has another format than this version of Tenure reads.",
    place: { file, path: "format" },
    found,
    allowed: String(BASELINE_FORMAT),
    hint: "Use the version that wrote it, or write it anew with --update and look at what changes.",
  });
}

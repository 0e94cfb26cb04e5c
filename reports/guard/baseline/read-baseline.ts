import { stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { TenureError } from "../../../engine/index.js";
import { BASELINE_FORMAT, type Baseline } from "./baseline.js";
import { ABOUT_FILE, APPROVALS_FILE, SCENARIO_FILE, TOTALS_FILE } from "./baseline-files.js";
import { scenarioPrint } from "./baseline-text.js";
import { readBaselineText } from "./read-text.js";
import { readTotals } from "./read-totals.js";
import { readYamlFile } from "./read-yaml.js";
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

/**
 * Reads the baseline in a folder; null: there is none.
 * @throws TenureError `TEN-GUARD-001` something else lies there, `-002` written by a newer version, `-003`, `-004` damaged, `-021` edited by hand
 */
export async function readBaseline(given: string): Promise<Baseline | null> {
  const folder = await readableFolder(given);
  const entry = await stat(folder).catch(() => null);
  if (entry === null) return null;
  const about = join(folder, ABOUT_FILE);
  const isOne = await stat(about).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isOne) throw noBaseline(folder, entry.isDirectory());
  const { format } = await readYamlFile(about, z.looseObject({ format: z.number() }));
  if (format !== BASELINE_FORMAT) throw otherFormat(about, format);
  const { scenario, tenure, totals_sha256, scenario_sha256, inputs, ahead } = await readYamlFile(about, aboutSchema);
  const file = join(folder, TOTALS_FILE);
  const totals = readTotals(await readBaselineText(file), file);
  if (totalsPrint(totals) !== totals_sha256) throw edited("totals", file, totalsPrint(totals), totals_sha256);
  const scenarioFile = join(folder, SCENARIO_FILE);
  const resolved = await readYamlFile(scenarioFile, z.looseObject({}));
  if (scenarioPrint(resolved) !== scenario_sha256) throw edited("scenario", scenarioFile, scenarioPrint(resolved), scenario_sha256);
  return {
    scenario,
    tenure,
    totals,
    resolved,
    inputs,
    ahead,
    approvals: (await readYamlFile(join(folder, APPROVALS_FILE), approvalsSchema)).approvals,
  };
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

function edited(of: "totals" | "scenario", file: string, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-021",
    what: `The ${of} of the baseline ${of === "totals" ? "are not those that were approved: they were" : "is not the one that was measured: it was"} edited by hand, or merged (${of}_sha256 of ${ABOUT_FILE}).`,
    place: { file },
    found,
    allowed,
    hint: "Take the folder from the version control again. After a merge `tenure guard run --update` writes it anew; look at what it changes.",
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

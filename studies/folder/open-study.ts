import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import { hashFile, MANIFEST_NAME, type OpenRun, openRun, REPLICATES_DIR, withReadErrors } from "../../recorders/index.js";
import { readFigures } from "../figures/figures-file.js";
import type { FigureRow } from "../figures/figures-table.js";
import { studyDigest } from "./study-digest.js";
import { readStudyManifest, type StudyManifest } from "./study-manifest.js";

/** A finished study, opened for reading. */
export interface OpenStudy {
  /** Absolute. */
  readonly dir: string;
  readonly manifest: StudyManifest;
  /** The numbers of its finished replicates, ascending. */
  readonly finished: readonly number[];
  /** Absolute path of the DuckDB file; null where there is none. */
  readonly duckdbPath: string | null;
  /**
   * One replicate, as a run.
   * @throws TenureError `TEN-STUDY-006` no such replicate, or it failed; `TEN-STUDY-007` another run lies there; those of `openRun`
   */
  openReplicate(replicate: number): Promise<OpenRun>;
  /**
   * The figures of all replicates, in the order of their numbers.
   * @throws TenureError `TEN-RESULT-006` damaged, `-002` cannot be read
   */
  readFigures(): Promise<readonly FigureRow[]>;
}

/**
 * Opens the folder of a study.
 * @throws TenureError as `readStudyManifest`; `TEN-STUDY-005` where the manifest contradicts itself
 */
export async function openStudy(studyDir: string): Promise<OpenStudy> {
  const dir = resolve(studyDir);
  const manifest = await readStudyManifest(studyDir);
  const digest = studyDigest(manifest.replicates);
  if (digest !== manifest.digest) {
    throw new TenureError({
      code: "TEN-STUDY-005",
      what: "The manifest of the replicates contradicts itself: its digest is not that of its replicates.",
      place: { file: join(dir, MANIFEST_NAME), path: "digest" },
      found: manifest.digest,
      allowed: digest,
      hint: "Run the scenario again with --force.",
    });
  }
  const finished = manifest.replicates.flatMap(({ replicate, status }) => (status === "finished" ? [replicate] : []));
  return {
    dir,
    manifest,
    finished,
    duckdbPath: manifest.duckdb === null ? null : join(dir, manifest.duckdb.file),
    openReplicate: (replicate) => openReplicate(dir, manifest, replicate),
    readFigures: () => checkedFigures(dir, manifest),
  };
}

async function openReplicate(dir: string, manifest: StudyManifest, replicate: number): Promise<OpenRun> {
  const entry = manifest.replicates.find((one) => one.replicate === replicate);
  if (entry?.status !== "finished") {
    throw new TenureError({
      code: "TEN-STUDY-006",
      what: entry === undefined ? "There is no such replicate." : `The replicate failed: ${entry.error.what}`,
      place: { file: dir },
      found: replicate,
      allowed: finishedWords(manifest),
      hint: entry === undefined ? "Give the number of one that was run." : "Give the number of one that was finished.",
    });
  }
  const path = join(dir, REPLICATES_DIR, String(replicate));
  const run = await openRun(path);
  if (run.manifest.digest === entry.digest) return run;
  throw new TenureError({
    code: "TEN-STUDY-007",
    what: "The replicate in this folder is not the one that the study finished.",
    place: { file: join(path, MANIFEST_NAME), path: "digest" },
    found: run.manifest.digest,
    allowed: entry.digest,
    hint: "Its folder was exchanged. Run the scenario again.",
  });
}

/** `0 to 99`, or a list where some are missing in between. */
function finishedWords({ replicates }: StudyManifest): string {
  const numbers = replicates.flatMap(({ replicate, status }) => (status === "finished" ? [replicate] : []));
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return "none: no replicate was finished";
  if (last - first + 1 === numbers.length) return first === last ? String(first) : `${first} to ${last}`;
  return numbers.length > 20 ? `${numbers.slice(0, 20).join(", ")}, ...` : numbers.join(", ");
}

async function checkedFigures(dir: string, { figures }: StudyManifest): Promise<readonly FigureRow[]> {
  const path = join(dir, figures.file);
  const found = await withReadErrors(path, () => hashFile(path));
  if (found === figures.sha256) return readFigures(path);
  throw new TenureError({
    code: "TEN-RESULT-006",
    what: "The result table is damaged.",
    place: { file: path },
    found: `SHA-256 ${found}`,
    allowed: `SHA-256 ${figures.sha256}, as the manifest says`,
    hint: "Run the scenario again; `tenure verify` says what else was changed.",
  });
}

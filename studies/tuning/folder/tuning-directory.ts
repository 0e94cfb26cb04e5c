import { copyFile, open, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TenureError } from "../../../engine/index.js";
import {
  FolderLock,
  folderInUse,
  foreignFolder,
  isOfLock,
  MANIFEST_NAME,
  makeFolders,
  PARTIAL_MANIFEST_NAME,
  requireFolderPath,
  withReadErrors,
  withWriteErrors,
} from "../../../recorders/index.js";
import { outputEntries } from "../../folder/output-entries.js";
import { isTrialLog, readTrials, TRIALS_NAME } from "../trials/trial-log.js";
import { STUDY_DUCKDB_NAME } from "../trials/trials-duckdb.js";
import { PARTIAL_STUDY_NAME, readStudyRecord, STUDY_NAME, type StudyRecord, studyChanges, writeStudyRecord } from "./study-record.js";
import { readTuningState } from "./tuning-manifest.js";

/** Who wants the folder of a tuning. */
export interface TuningFolderUse {
  readonly record: StudyRecord;
  /** Also go on in the folder of another study; false when left out. */
  readonly force?: boolean | undefined;
  /** Only go on where an earlier start began. */
  readonly resume?: boolean | undefined;
}

/** What a finished tuning has beside the log: made of it again at any time. */
const DERIVED: readonly string[] = [
  MANIFEST_NAME,
  PARTIAL_MANIFEST_NAME,
  STUDY_DUCKDB_NAME,
  `${STUDY_DUCKDB_NAME}.partial`,
  `${STUDY_DUCKDB_NAME}.partial.wal`,
];
const OWN: readonly string[] = [...DERIVED, STUDY_NAME, PARTIAL_STUDY_NAME, TRIALS_NAME];

/**
 * The folder of a tuning, held by one process at a time: what it is for, the log of trials, which only ever grows, and the manifest, which comes
 * last. Trials that are in the log are never run again, whatever was asked for when they were.
 */
export class TuningDirectory {
  private constructor(
    readonly path: string,
    private readonly lock: FolderLock,
  ) {}

  get trialsPath(): string {
    return join(this.path, TRIALS_NAME);
  }

  get duckdbPath(): string {
    return join(this.path, STUDY_DUCKDB_NAME);
  }

  /** Refuses at once what `open` would refuse. */
  static async check(path: string, use: TuningFolderUse): Promise<void> {
    await requireFolderPath({ code: "TEN-TUNE-113", what: "The output folder cannot be made: no folder can have this path." }, path);
    await checkContent(path, use);
  }

  /**
   * Takes the folder. A finished tuning in it is finished no more.
   * @throws TenureError `TEN-TUNE-110` something else lies there, `-111` another study, `-112` in use, `-113` no folder can have this path,
   *   `-118` the study was changed, `-119` there is nothing to go on with; those of the disk
   */
  static async open(path: string, use: TuningFolderUse): Promise<TuningDirectory> {
    await TuningDirectory.check(path, use);
    const lock = await withWriteErrors(path, () => FolderLock.take(path, (owner) => inUse(path, owner)));
    const directory = new TuningDirectory(resolve(path), lock);
    try {
      // Another process may have come and gone meanwhile.
      await checkContent(path, use);
      await withWriteErrors(path, async () => {
        for (const name of DERIVED) await rm(join(path, name), { force: true });
      });
      await writeStudyRecord(path, use.record);
    } catch (error) {
      await directory.release();
      throw error;
    }
    return directory;
  }

  async release(): Promise<void> {
    await this.lock.release().catch(() => undefined);
  }
}

/**
 * A new folder beside one, with the trials that are finished there: what of them still applies need not be run again.
 * @returns its path
 */
export async function forkedFolder(path: string): Promise<string> {
  // Where nothing is there is nothing to begin beside.
  if ((await stat(path).catch(() => null)) === null) return path;
  for (let at = 2; ; at++) {
    const fork = `${path}-${at}`;
    if ((await stat(fork).catch(() => null)) !== null) continue;
    await withWriteErrors(fork, async () => {
      await makeFolders(fork);
      await copyFile(join(path, TRIALS_NAME), join(fork, TRIALS_NAME)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
    });
    return fork;
  }
}

async function checkContent(path: string, { record, force, resume }: TuningFolderUse): Promise<void> {
  const state = await readTuningState(path);
  if (state.kind === "other") throw notATuning(path, state.found);
  const stranger = await strangerIn(path);
  if (stranger !== undefined) throw notATuning(path, stranger);
  const before = await readStudyRecord(path);
  if (before === null) {
    if (resume === true) throw nothingThere(path);
    return;
  }
  if (force === true) return;
  if (before.statement.study !== record.statement.study || before.scenario.name !== record.scenario.name)
    throw anotherStudy(path, before, record);
  // What a command line says is said anew each time: more values, more replicates.
  if (before.file === null && record.file === null) return;
  const changes = studyChanges(before, record);
  if (changes.length > 0 && (await hasTrials(path))) throw changed(path, changes);
}

/** Was more run than the scenario as it stands? A study that was refused then may be mended. */
async function hasTrials(path: string): Promise<boolean> {
  const entries = await readTrials(join(path, TRIALS_NAME));
  return [...entries.values()].some(({ trial }) => trial >= 0);
}

/** The first entry that no tuning makes. */
async function strangerIn(path: string): Promise<string | undefined> {
  const entries = await outputEntries(path, () => notATuning(path, "a file"));
  for (const entry of entries) {
    const { name } = entry;
    if (entry.isDirectory() && isOfLock(name, "folder") === true) continue;
    if (!entry.isFile() || !OWN.includes(name)) return name;
    if (name === TRIALS_NAME && !isTrialLog(await beginningOf(join(path, name)))) return name;
  }
  return undefined;
}

async function beginningOf(path: string): Promise<string> {
  return withReadErrors(path, async () => {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

function notATuning(path: string, found: string): TenureError {
  const refusal = { code: "TEN-TUNE-110", what: "The output folder holds something that is not of a tuning." };
  return foreignFolder(refusal, path, { found, orOne: "one that an earlier tuning wrote" });
}

function anotherStudy(path: string, before: StudyRecord, now: StudyRecord): TenureError {
  return new TenureError({
    code: "TEN-TUNE-111",
    what: "The output folder holds another study.",
    place: { file: path },
    found: `${before.statement.study} of ${before.scenario.name}`,
    allowed: `a new folder, an empty one, or one of ${now.statement.study} of ${now.scenario.name}`,
    hint: "Choose another --out, or add --force to go on in that folder.",
  });
}

function changed(path: string, changes: readonly string[]): TenureError {
  const [first, ...more] = changes;
  return new TenureError({
    code: "TEN-TUNE-118",
    what: "The study was changed after its trials were run.",
    place: { file: path },
    found: `${first}${more.length === 0 ? "" : ` (and ${more.length} more: ${more.slice(0, 5).join("; ")})`}`,
    allowed: "the study as it was; only `trials` and `description` may change",
    hint: "Add --fork to begin a new one beside it (trials that still apply are taken over), or change it back.",
  });
}

function nothingThere(path: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-119",
    what: "There is nothing to go on with.",
    place: { file: path },
    found: "no study in this folder",
    allowed: "the folder of a study that was begun",
    hint: "Leave --resume out to begin it, or choose another --out.",
  });
}

function inUse(path: string, owner: string): TenureError {
  return folderInUse({ code: "TEN-TUNE-112", what: "Another process is writing to this folder." }, path, owner);
}

import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import {
  checkResultFolder,
  DUCKDB_NAME,
  type FolderLock,
  findStranger,
  foreignFolder,
  type IsOwn,
  lockResultFolder,
  MANIFEST_NAME,
  ownRunFiles,
  PARTIAL_DIR,
  PARTIAL_MANIFEST_NAME,
  REPLICATES_DIR,
  readManifestFile,
  readRunState,
  removeOwn,
  restoreManifest,
  STUDY_FORMAT,
  systemCode,
  toolVersion,
  WORK_DIR,
  withReadErrors,
  withWriteErrors,
} from "../../recorders/index.js";
import { FIGURES_NAME, isKept, ownStudyFiles } from "./study-files.js";
import { readStudyState, STUDY_VERSION, type StudyManifest, writeStudyManifest } from "./study-manifest.js";

/** Who wants the folder of a study. */
export interface StudyFolderUse {
  /** Name of the scenario. */
  readonly scenario: string;
  /** Also replace finished results of another scenario, or some whose manifest was changed; false when left out. */
  readonly force?: boolean | undefined;
}

/**
 * The folder of a study, held by one process at a time. A replicate is written under `.partial/work` and renamed to
 * `.partial/replicates/<n>` when it is whole: from then on it is finished, whatever happens, and the next start takes it as it is.
 * At the end all is moved up. Until then finished results in the folder stay as they are; where there are none, the manifest says
 * `incomplete` from the first moment to the last. What is not a study's or a run's own is never removed.
 */
export class StudyDirectory {
  #previousManifest: string | null = null;
  #hadComplete = false;
  #markedIncomplete = false;
  /** Files of the old and the new study may be mixed from here to the end of `finish`. */
  #exchanging = false;

  private constructor(
    readonly path: string,
    private readonly use: StudyFolderUse,
    private readonly lock: FolderLock,
  ) {}

  /** Where what is not finished is written. */
  get partialPath(): string {
    return join(this.path, PARTIAL_DIR);
  }

  /** Where a replicate is written. */
  workPath(replicate: number): string {
    return join(this.partialPath, WORK_DIR, String(replicate));
  }

  /** Where a replicate lies in the end. */
  replicatePath(replicate: number): string {
    return join(this.path, REPLICATES_DIR, String(replicate));
  }

  /** Where a replicate lies that this study or an earlier start of it finished; nothing need be there. */
  finishedPaths(replicate: number): readonly string[] {
    return [join(this.partialPath, REPLICATES_DIR, String(replicate)), this.replicatePath(replicate)];
  }

  /**
   * Would `open` take this folder? Changes nothing.
   * @throws TenureError as `RunDirectory.check`, of the folder of a study
   */
  static async check(path: string, use: StudyFolderUse): Promise<void> {
    await checkResultFolder(path, () => checkContent(path, use));
  }

  /** Takes the folder for a study. */
  static async open(path: string, use: StudyFolderUse): Promise<StudyDirectory> {
    await StudyDirectory.check(path, use);
    const lock = await lockResultFolder(path);
    const directory = new StudyDirectory(resolve(path), use, lock);
    try {
      // Another process may have come and gone meanwhile: what counts is what is there now.
      await checkContent(path, use);
      await withWriteErrors(path, () => directory.#prepare());
    } catch (error) {
      await directory.discard().catch(() => undefined);
      throw error;
    }
    return directory;
  }

  async #prepare(): Promise<void> {
    const state = await readStudyState(this.path);
    const holdsRun = state.kind === "run" && (await readRunState(this.path)).kind !== "incomplete";
    this.#hadComplete = state.kind === "complete" || state.kind === "changed" || holdsRun;
    if (state.kind !== "none") this.#previousManifest = await readManifestFile(join(this.path, MANIFEST_NAME));
    await this.#removeUnfinished();
    for (const folder of [WORK_DIR, REPLICATES_DIR]) await mkdir(join(this.partialPath, folder), { recursive: true });
    if (!this.#hadComplete) await this.#markIncomplete("running");
  }

  /** A replicate that was written whole to `workPath` is finished. */
  async keep(replicate: number): Promise<void> {
    await this.lock.check();
    const [kept] = this.finishedPaths(replicate);
    await withWriteErrors(kept, async () => {
      await rm(kept, { recursive: true, force: true });
      await rename(this.workPath(replicate), kept);
    });
  }

  /** One that failed leaves nothing. */
  async drop(replicate: number): Promise<void> {
    await withWriteErrors(this.path, () => rm(this.workPath(replicate), { recursive: true, force: true }));
  }

  /**
   * Moves the finished files up and makes the study complete.
   * @param replicates those that are finished, and where they lie now
   */
  async finish(manifest: StudyManifest, replicates: ReadonlyMap<number, string>): Promise<void> {
    await this.lock.check();
    await withWriteErrors(this.path, async () => {
      const own = await this.#own();
      this.#exchanging = true;
      await this.#markIncomplete("running");
      const stays = (path: string) => {
        const [folder, name] = path.split("/");
        if (folder === PARTIAL_DIR || path === MANIFEST_NAME || path === PARTIAL_MANIFEST_NAME) return true;
        // A folder goes when it is empty.
        return folder === REPLICATES_DIR && name !== undefined && replicates.get(Number(name)) === this.replicatePath(Number(name));
      };
      await removeOwn(this.path, (path, kind) => !stays(path) && !path.startsWith(".lock") && own(path, kind));
      await mkdir(join(this.path, REPLICATES_DIR), { recursive: true });
      for (const [replicate, at] of replicates) {
        if (at !== this.replicatePath(replicate)) await rename(at, this.replicatePath(replicate));
      }
      for (const name of [FIGURES_NAME, ...(manifest.duckdb === null ? [] : [DUCKDB_NAME])]) {
        await rename(join(this.partialPath, name), join(this.path, name));
      }
      const ownStudy = ownStudyFiles(true);
      await removeOwn(this.path, (path, kind) => isPartial(path) && ownStudy(path, kind));
    });
    await writeStudyManifest(this.path, manifest);
    // The study is whole: a lock that cannot be removed is a dead process's soon.
    await this.lock.release().catch(() => undefined);
  }

  /** After an interruption: what is finished stays for the next start; a complete study in the folder stays complete. */
  async interrupt(reason: string): Promise<void> {
    if (!(await this.lock.isHeld())) return this.lock.release();
    await this.#removeUnfinished();
    if (!this.#hadComplete || this.#exchanging) await this.#markIncomplete(reason);
    await this.lock.release();
  }

  /** After a failure: as after an interruption where replicates were finished, otherwise nothing stays that was not there before. */
  async discard(): Promise<void> {
    const finished = await readdir(join(this.partialPath, REPLICATES_DIR)).catch(() => []);
    if (this.#exchanging || finished.length > 0) return this.interrupt("it failed");
    if (!(await this.lock.isHeld())) return this.lock.release();
    await this.#removeUnfinished();
    const own = ownStudyFiles(true);
    await removeOwn(this.path, (path, kind) => isPartial(path) && own(path, kind));
    if (this.#markedIncomplete) await restoreManifest(this.path, this.#previousManifest);
    await this.lock.release();
  }

  async #own(): Promise<IsOwn> {
    return ownFilesIn(this.path);
  }

  /** What is half written; replicates that are finished stay. */
  async #removeUnfinished(): Promise<void> {
    const own = await this.#own();
    await removeOwn(this.path, (path, kind) => isPartial(path) && (path === PARTIAL_DIR || !isKept(path, kind)) && own(path, kind));
  }

  #markIncomplete(reason: string): Promise<void> {
    this.#markedIncomplete = true;
    return writeStudyManifest(this.path, {
      format: STUDY_FORMAT,
      version: STUDY_VERSION,
      status: "incomplete",
      tool: { name: "tenure", version: toolVersion() },
      scenario: { name: this.use.scenario },
      reason,
    });
  }
}

const isPartial = (path: string): boolean => path === PARTIAL_DIR || path.startsWith(`${PARTIAL_DIR}/`);

/** What in a folder is of a study, or of the run that it takes the place of. */
async function ownFilesIn(path: string): Promise<IsOwn> {
  const state = await readStudyState(path);
  const ofRun = state.kind === "run" ? ownRunFiles(await readRunState(path)) : undefined;
  const ofStudy = ownStudyFiles(["incomplete", "changed", "complete"].includes(state.kind));
  // A run that was killed before its first result leaves an unfinished folder, too.
  const ofKilledRun = ownRunFiles({ kind: "none" });
  return (entry, kind) => {
    if (ofStudy(entry, kind)) return true;
    if (ofRun !== undefined) return ofRun(entry, kind);
    return isPartial(entry) && ofKilledRun(entry, kind);
  };
}

async function checkContent(path: string, { scenario, force }: StudyFolderUse): Promise<void> {
  const state = await readStudyState(path);
  if (state.kind === "other") throw notAStudy(path, state.isRecording ? "a recording" : state.found);
  const run = state.kind === "run" ? await readRunState(path) : undefined;
  if (run?.kind === "other") throw notAStudy(path, run.found);
  const stranger = await strangerIn(path, await ownFilesIn(path));
  if (stranger !== undefined) throw notAStudy(path, stranger);
  if (force === true) return;
  const changed = state.kind === "changed" ? state.seal : run?.kind === "changed" ? run.seal : undefined;
  if (changed !== undefined) {
    throw new TenureError({
      code: "TEN-RESULT-013",
      what: "The output folder holds finished results whose manifest was changed after it was written.",
      place: { file: join(path, MANIFEST_NAME), path: "seal" },
      found: changed.found,
      allowed: String(changed.expected),
      hint: "Choose another --out, or add --force to replace them.",
    });
  }
  const complete = state.kind === "complete" ? state.manifest : run?.kind === "complete" ? run.manifest : undefined;
  if (complete === undefined || complete.scenario.name === scenario) return;
  throw new TenureError({
    code: "TEN-RESULT-010",
    what: "The output folder holds finished results of another scenario.",
    place: { file: path },
    found: complete.scenario.name,
    allowed: `a new folder, an empty one, or results of ${scenario}`,
    hint: "Choose another --out, or add --force to replace them.",
  });
}

async function strangerIn(path: string, own: IsOwn): Promise<string | undefined> {
  try {
    return await findStranger(path, own);
  } catch (error) {
    if (systemCode(error) === "ENOTDIR") throw notAStudy(path, "a file");
    return withReadErrors(path, () => Promise.reject(error));
  }
}

function notAStudy(path: string, found: string): TenureError {
  const refusal = { code: "TEN-RESULT-007", what: "The output folder holds something that is not of Tenure's results." };
  return foreignFolder(refusal, path, { found, orOne: "one that an earlier run wrote and nobody else put anything in" });
}

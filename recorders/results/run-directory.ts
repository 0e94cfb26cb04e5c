import { mkdir, readdir, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import { type FolderLock, findStranger, foreignFolder, removeOwn } from "../folder/index.js";
import { readManifestFile } from "../manifest-file.js";
import type { BrokenSeal } from "../manifest-seal.js";
import { systemCode } from "../system-words.js";
import { toolVersion } from "../versions.js";
import { MANIFEST_FORMAT, type RunManifest, readRunState, writeManifest } from "./manifest.js";
import { checkResultFolder, lockResultFolder, restoreManifest } from "./result-folder.js";
import { MANIFEST_NAME } from "./result-manifest.js";
import { DUCKDB_NAME, isUnfinished, ownRunFiles, PARTIAL_DIR, TABLES_DIR } from "./run-files.js";
import { storageError, withWriteErrors } from "./storage-error.js";

/** Who wants a run folder. */
export interface RunFolderUse {
  /** Name of the scenario. */
  readonly scenario: string;
  /** Also replace a finished run of another scenario, or one whose manifest was changed; false when left out. */
  readonly force?: boolean | undefined;
}

/**
 * The folder of one run, held by one process at a time. Everything is written to `.partial/` inside it and moved up at the
 * end, so the folder never shows half a result:
 * - new folder or unfinished run: the manifest says `incomplete` from the first moment to the last;
 * - finished run: it stays as it is until the new one is finished; while files are exchanged the manifest says `incomplete`.
 * Whatever a process that was killed leaves is taken by the next run. What is not a run's own is never removed.
 */
export class RunDirectory {
  #previousManifest: string | null = null;
  #hadComplete = false;
  #prepared = false;
  #markedIncomplete = false;
  /** Files of the old and the new run may be mixed from here to the end of `finish`. */
  #exchanging = false;

  private constructor(
    readonly path: string,
    private readonly use: RunFolderUse,
    private readonly lock: FolderLock,
  ) {}

  /** Where tables and DuckDB file are to be written. */
  get partialPath(): string {
    return join(this.path, PARTIAL_DIR);
  }

  /**
   * Would `open` take this folder? Changes nothing.
   * @throws TenureError `TEN-RESULT-007` not a run, `-008` in use, `-010` a finished run of another scenario, `-012` no name,
   *   `-013` a finished run whose manifest was changed, `-014` no folder can have this path
   */
  static async check(path: string, use: RunFolderUse): Promise<void> {
    await checkResultFolder(path, () => checkContent(path, use));
  }

  /** Takes the folder for a run. What `check` throws, and the refusals of the disk. */
  static async open(path: string, use: RunFolderUse): Promise<RunDirectory> {
    await RunDirectory.check(path, use);
    const lock = await lockResultFolder(path);
    const directory = new RunDirectory(resolve(path), use, lock);
    try {
      // Another run may have come and gone meanwhile: what counts is what is there now.
      await checkContent(path, use);
      await withWriteErrors(path, () => directory.#prepare());
    } catch (error) {
      await directory.discard().catch(() => undefined);
      throw error;
    }
    return directory;
  }

  async #prepare(): Promise<void> {
    this.#prepared = true;
    const state = await readRunState(this.path);
    this.#hadComplete = state.kind === "complete" || state.kind === "changed";
    if (state.kind === "incomplete") this.#previousManifest = await readManifestFile(join(this.path, MANIFEST_NAME));
    await this.#removeUnfinished();
    await mkdir(join(this.partialPath, TABLES_DIR), { recursive: true });
    if (!this.#hadComplete) await this.#markIncomplete("running");
  }

  /** Moves the finished files up and makes the run complete. */
  async finish(manifest: RunManifest): Promise<void> {
    await this.lock.check();
    await withWriteErrors(this.path, async () => {
      const own = ownRunFiles(await readRunState(this.path));
      this.#exchanging = true;
      await this.#markIncomplete("running");
      await removeOwn(this.path, (path, kind) => (path.startsWith(TABLES_DIR) || path.startsWith(DUCKDB_NAME)) && own(path, kind));
      await mkdir(join(this.path, TABLES_DIR), { recursive: true });
      for (const name of await readdir(join(this.partialPath, TABLES_DIR))) {
        await rename(join(this.partialPath, TABLES_DIR, name), join(this.path, TABLES_DIR, name));
      }
      if (manifest.duckdb !== null) await rename(join(this.partialPath, DUCKDB_NAME), join(this.path, DUCKDB_NAME));
      await this.#removeUnfinished();
    });
    await writeManifest(this.path, manifest);
    // The run is whole: a lock that cannot be removed is a dead process's soon.
    await this.lock.release().catch(() => undefined);
  }

  /** After an interruption: the folder stays, marked incomplete (a finished run in it stays finished). */
  async interrupt(reason: string): Promise<void> {
    if (!(await this.lock.isHeld())) return this.lock.release();
    await this.#removeUnfinished();
    if (!this.#hadComplete || this.#exchanging) await this.#markIncomplete(reason);
    await this.lock.release();
  }

  /** After a refusal: nothing stays that was not there before. */
  async discard(): Promise<void> {
    if (this.#exchanging) return this.interrupt("the finished files could not be moved into place");
    if (!(await this.lock.isHeld())) return this.lock.release();
    if (this.#prepared) await this.#removeUnfinished();
    if (this.#markedIncomplete) await restoreManifest(this.path, this.#previousManifest);
    await this.lock.release();
  }

  async #removeUnfinished(): Promise<void> {
    const own = ownRunFiles(await readRunState(this.path));
    await removeOwn(this.path, isUnfinished(own));
  }

  #markIncomplete(reason: string): Promise<void> {
    this.#markedIncomplete = true;
    return writeManifest(this.path, {
      format: MANIFEST_FORMAT,
      status: "incomplete",
      tool: { name: "tenure", version: toolVersion() },
      scenario: { name: this.use.scenario },
      reason,
    });
  }
}

async function checkContent(path: string, { scenario, force }: RunFolderUse): Promise<void> {
  const state = await readRunState(path);
  if (state.kind === "other") throw state.isStudy ? holdsStudy(path, state.found) : notARun(path, state.found);
  const stranger = await strangerIn(path, ownRunFiles(state));
  if (stranger !== undefined) throw notARun(path, stranger);
  if (force === true) return;
  if (state.kind === "changed") throw changedRun(path, state.seal);
  if (state.kind !== "complete" || state.manifest.scenario.name === scenario) return;
  throw new TenureError({
    code: "TEN-RESULT-010",
    what: "The output folder holds a finished run of another scenario.",
    place: { file: path },
    found: state.manifest.scenario.name,
    allowed: `a new folder, an empty one, or a run of ${scenario}`,
    hint: "Choose another --out, or add --force to replace that run.",
  });
}

/** Whose run it is cannot be told from a manifest that was changed. */
function changedRun(path: string, { found, expected }: BrokenSeal): TenureError {
  return new TenureError({
    code: "TEN-RESULT-013",
    what: "The output folder holds a finished run whose manifest was changed after it was written.",
    place: { file: join(path, MANIFEST_NAME), path: "seal" },
    found,
    allowed: String(expected),
    hint: "Choose another --out, or add --force to replace that run.",
  });
}

async function strangerIn(path: string, own: ReturnType<typeof ownRunFiles>): Promise<string | undefined> {
  try {
    return await findStranger(path, own);
  } catch (error) {
    if (systemCode(error) === "ENOTDIR") throw notAFolder(path);
    throw storageError(error, path, "reading");
  }
}

function notARun(path: string, found: string): TenureError {
  const refusal = { code: "TEN-RESULT-007", what: "The output folder holds something that is not of a Tenure run." };
  return foreignFolder(refusal, path, { found, orOne: "one that an earlier run wrote and nobody else put anything in" });
}

/** Nobody wants a hundred replicates replaced by one run. */
function holdsStudy(path: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-STUDY-002",
    what: "The output folder holds many replicates; one run does not take their place.",
    place: { file: path },
    found,
    allowed: "a new folder, an empty one, or one that an earlier run wrote",
    hint: "Choose another --out, or remove that folder.",
  });
}

function notAFolder(path: string): TenureError {
  const refusal = { code: "TEN-RESULT-007", what: "The output folder cannot be made: a file stands in its way." };
  return foreignFolder(refusal, path, { found: "a file", orOne: "one that an earlier run wrote" });
}

import { open, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import {
  FolderLock,
  folderInUse,
  foreignFolder,
  impossibleFolder,
  isOfLock,
  MANIFEST_NAME,
  PARTIAL_MANIFEST_NAME,
  pathFault,
  withReadErrors,
  withWriteErrors,
} from "../../recorders/index.js";
import { outputEntries } from "../folder/output-entries.js";
import { isTrialLog, TRIALS_NAME } from "./trials/trial-log.js";
import { readTuningState } from "./tuning-manifest.js";

/** Who wants the folder of a tuning. */
export interface TuningFolderUse {
  /** Name of the scenario. */
  readonly scenario: string;
  /** Also go on in the folder of a tuning of another scenario; false when left out. */
  readonly force?: boolean | undefined;
}

const OWN: readonly string[] = [MANIFEST_NAME, PARTIAL_MANIFEST_NAME, TRIALS_NAME];

/**
 * The folder of a tuning, held by one process at a time: the log of trials, which only ever grows, and the manifest, which comes last. Trials
 * that are in the log are never run again, whatever was asked for when they were.
 */
export class TuningDirectory {
  private constructor(
    readonly path: string,
    private readonly lock: FolderLock,
  ) {}

  get trialsPath(): string {
    return join(this.path, TRIALS_NAME);
  }

  /**
   * Takes the folder. A finished tuning in it is finished no more.
   * @throws TenureError `TEN-TUNE-110` something else lies there, `-111` a tuning of another scenario, `-112` in use, `-113` no folder can
   *   have this path; those of the disk
   */
  static async open(path: string, use: TuningFolderUse): Promise<TuningDirectory> {
    const fault = await pathFault(path);
    if (fault?.isFile === false) {
      throw impossibleFolder(
        { code: "TEN-TUNE-113", what: "The output folder cannot be made: no folder can have this path." },
        path,
        fault.words,
      );
    }
    await checkContent(path, use);
    const lock = await withWriteErrors(path, () => FolderLock.take(path, (owner) => inUse(path, owner)));
    const directory = new TuningDirectory(resolve(path), lock);
    try {
      // Another process may have come and gone meanwhile.
      await checkContent(path, use);
      await withWriteErrors(path, async () => {
        for (const name of [MANIFEST_NAME, PARTIAL_MANIFEST_NAME]) await rm(join(path, name), { force: true });
      });
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

async function checkContent(path: string, use: TuningFolderUse): Promise<void> {
  const state = await readTuningState(path);
  if (state.kind === "other") throw notATuning(path, state.found);
  const stranger = await strangerIn(path);
  if (stranger !== undefined) throw notATuning(path, stranger);
  if (state.kind === "none" || use.force === true || state.manifest.scenario.name === use.scenario) return;
  throw new TenureError({
    code: "TEN-TUNE-111",
    what: "The output folder holds a finished tuning of another scenario.",
    place: { file: path },
    found: state.manifest.scenario.name,
    allowed: `a new folder, an empty one, or a tuning of ${use.scenario}`,
    hint: "Choose another --out, or add --force to go on in that folder.",
  });
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

function inUse(path: string, owner: string): TenureError {
  return folderInUse({ code: "TEN-TUNE-112", what: "Another process is writing to this folder." }, path, owner);
}

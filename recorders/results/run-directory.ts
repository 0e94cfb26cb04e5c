import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import { isAlive } from "../process-tag.js";
import { MANIFEST_FORMAT, MANIFEST_NAME, type RunManifest, readRunState, writeManifest } from "./manifest.js";
import { withStorageErrors } from "./storage-error.js";
import { toolVersion } from "./versions.js";

const PARTIAL = ".partial";
const OWNER = "pid";
/** What a run leaves in its folder, besides the manifest. */
export const TABLES_DIR = "tables";
export const DUCKDB_NAME = "results.duckdb";

/**
 * The folder of one run. Everything is written to `.partial/` inside it and moved up at the end, so the folder never
 * shows half a result:
 * - new folder or unfinished run: the manifest says `incomplete` from the first moment to the last;
 * - finished run: it stays as it is until the new one is finished; while files are exchanged the manifest says `incomplete`.
 */
export class RunDirectory {
  /** The topmost folder that had to be made; null when all were there. */
  #made: string | null = null;
  #previousManifest: Buffer | null = null;
  #hadComplete = false;
  /** Files of the old and the new run may be mixed from here to the end of `finish`. */
  #exchanging = false;

  private constructor(
    readonly path: string,
    readonly scenarioName: string,
  ) {}

  /** Where tables and DuckDB file are to be written. */
  get partialPath(): string {
    return join(this.path, PARTIAL);
  }

  /** Would `open` take this folder? Changes nothing. Refusals: `TEN-RESULT-007` (not a run), `TEN-RESULT-008` (in use). */
  static async check(path: string): Promise<void> {
    const state = await readRunState(path);
    const names = await entries(path);
    if (state.kind === "other" || (state.kind === "none" && names.some((name) => name !== PARTIAL))) {
      throw new TenureError({
        code: "TEN-RESULT-007",
        what: "The output folder holds something that is not a Tenure run.",
        place: { file: path },
        found: state.kind === "other" ? state.found : names.slice(0, 3).join(", "),
        allowed: "a new folder, an empty one, or one that an earlier run wrote",
        hint: "Choose another --out.",
      });
    }
    const owner = await liveOwner(path);
    if (owner === null) return;
    throw new TenureError({
      code: "TEN-RESULT-008",
      what: "Another run is writing to this folder.",
      place: { file: path },
      found: `process ${owner}`,
      hint: `Wait for it or choose another --out; if no such run exists, delete ${join(path, PARTIAL)}.`,
    });
  }

  /** Takes the folder for a run. */
  static async open(path: string, scenarioName: string): Promise<RunDirectory> {
    await RunDirectory.check(path);
    const directory = new RunDirectory(resolve(path), scenarioName);
    try {
      await withStorageErrors(path, () => directory.#prepare());
    } catch (error) {
      await directory.discard().catch(() => undefined);
      throw error;
    }
    return directory;
  }

  async #prepare(): Promise<void> {
    this.#made = (await mkdir(this.path, { recursive: true })) ?? null;
    const state = await readRunState(this.path);
    this.#hadComplete = state.kind === "complete";
    if (state.kind === "incomplete") this.#previousManifest = await readFile(join(this.path, MANIFEST_NAME));
    await rm(this.partialPath, { recursive: true, force: true });
    await mkdir(join(this.partialPath, TABLES_DIR), { recursive: true });
    await writeFile(join(this.partialPath, OWNER), `${process.pid}\n`);
    if (!this.#hadComplete) await this.#markIncomplete("running");
  }

  /** Moves the finished files up and makes the run complete. */
  async finish(manifest: RunManifest): Promise<void> {
    await withStorageErrors(this.path, async () => {
      this.#exchanging = true;
      await this.#markIncomplete("running");
      for (const name of [TABLES_DIR, DUCKDB_NAME, `${DUCKDB_NAME}.wal`]) await rm(join(this.path, name), { recursive: true, force: true });
      for (const name of await readdir(this.partialPath)) {
        if (name !== OWNER) await rename(join(this.partialPath, name), join(this.path, name));
      }
      await rm(this.partialPath, { recursive: true, force: true });
    });
    await writeManifest(this.path, manifest);
  }

  /** After an interruption: the folder stays, marked incomplete (a finished run in it stays finished). */
  async interrupt(reason: string): Promise<void> {
    await rm(this.partialPath, { recursive: true, force: true });
    if (!this.#hadComplete || this.#exchanging) await this.#markIncomplete(reason);
  }

  /** After a refusal: nothing stays that was not there before. */
  async discard(): Promise<void> {
    if (this.#exchanging) return this.interrupt("the finished files could not be moved into place");
    await rm(this.partialPath, { recursive: true, force: true });
    if (this.#hadComplete) return;
    if (this.#previousManifest !== null) {
      await writeFile(join(this.path, MANIFEST_NAME), this.#previousManifest);
      return;
    }
    for (const name of [MANIFEST_NAME, `${MANIFEST_NAME}.partial`]) await rm(join(this.path, name), { force: true });
    if (this.#made === null) return;
    // Only folders this run made, and only while nobody else put anything there.
    for (let dir = this.path; ; dir = dirname(dir)) {
      try {
        await rmdir(dir);
      } catch {
        return;
      }
      if (dir === this.#made) return;
    }
  }

  #markIncomplete(reason: string): Promise<void> {
    return writeManifest(this.path, {
      format: MANIFEST_FORMAT,
      status: "incomplete",
      tool: { name: "tenure", version: toolVersion() },
      scenario: { name: this.scenarioName },
      reason,
    });
  }
}

function notAFolder(path: string): TenureError {
  return new TenureError({
    code: "TEN-RESULT-007",
    what: "The output folder cannot be made: a file stands in its way.",
    place: { file: path },
    found: "a file",
    allowed: "a new folder, an empty one, or one that an earlier run wrote",
    hint: "Choose another --out.",
  });
}

async function entries(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw notAFolder(path);
    return withStorageErrors(path, () => Promise.reject(error));
  }
}

/** The process that is writing to the folder; null when none is. */
async function liveOwner(path: string): Promise<number | null> {
  let pid: number;
  try {
    pid = Number.parseInt(await readFile(join(path, PARTIAL, OWNER), "utf8"), 10);
  } catch {
    return null;
  }
  return pid > 0 && isAlive(pid) ? pid : null;
}

import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import {
  DUCKDB_NAME,
  FolderLock,
  folderInUse,
  foreignFolder,
  isOfLock,
  MANIFEST_NAME,
  PARTIAL_DIR,
  PARTIAL_MANIFEST_NAME,
  requireFolderPath,
  withWriteErrors,
} from "../../recorders/index.js";
import { outputEntries } from "../folder/output-entries.js";
import { type ComparisonManifest, readComparisonState, writeComparisonManifest } from "./comparison-manifest.js";
import { FIGURES_FILE, MINERS_FILE } from "./pair-files.js";

/** Who wants the folder of a comparison. */
export interface ComparisonFolderUse {
  /** Names of the two scenarios. */
  readonly a: string;
  readonly b: string;
  /** Also replace a finished comparison of others; false when left out. */
  readonly force?: boolean | undefined;
}

const SIDES: readonly string[] = ["a", "b"];
const RESULTS: readonly string[] = [FIGURES_FILE, MINERS_FILE, DUCKDB_NAME];
const MANIFESTS: readonly string[] = [MANIFEST_NAME, PARTIAL_MANIFEST_NAME];

/**
 * The folder of a comparison, held by one process at a time: the replicates of both sides under `a/` and `b/`, each a study of its
 * own that goes on where it was, and beside them what they amount to. That is written to `.partial/` and moved up when it is
 * whole; the manifest comes last, and a folder without one holds no finished comparison.
 */
export class ComparisonDirectory {
  private constructor(
    readonly path: string,
    private readonly lock: FolderLock,
  ) {}

  /** Where the replicates of a side lie. */
  sidePath(side: "a" | "b"): string {
    return join(this.path, side);
  }

  /** Where results are to be written. */
  get partialPath(): string {
    return join(this.path, PARTIAL_DIR);
  }

  /**
   * Takes the folder. A finished comparison in it is finished no more.
   * @throws TenureError `TEN-COMPARE-002` something else lies there, `-003` a finished comparison of other scenarios, `-006` in use,
   *   `-007` no folder can have this path; those of the disk
   */
  static async open(path: string, use: ComparisonFolderUse): Promise<ComparisonDirectory> {
    await requireFolderPath({ code: "TEN-COMPARE-007", what: "The output folder cannot be made: no folder can have this path." }, path);
    await checkContent(path, use);
    const lock = await withWriteErrors(path, () => FolderLock.take(path, (owner) => inUse(path, owner)));
    const directory = new ComparisonDirectory(resolve(path), lock);
    try {
      // Another process may have come and gone meanwhile.
      await checkContent(path, use);
      await withWriteErrors(path, async () => {
        await rm(directory.partialPath, { recursive: true, force: true });
        for (const name of MANIFESTS) await rm(join(path, name), { force: true });
      });
    } catch (error) {
      await directory.release();
      throw error;
    }
    return directory;
  }

  async makePartial(): Promise<void> {
    await withWriteErrors(this.partialPath, () => mkdir(this.partialPath, { recursive: true }));
  }

  /** Moves the results up and makes the comparison finished. */
  async finish(manifest: ComparisonManifest): Promise<void> {
    await this.lock.check();
    await withWriteErrors(this.path, async () => {
      for (const name of RESULTS) {
        if (name === DUCKDB_NAME && manifest.duckdb === null) await rm(join(this.path, name), { force: true });
        else await rename(join(this.partialPath, name), join(this.path, name));
      }
      await rm(this.partialPath, { recursive: true, force: true });
    });
    await writeComparisonManifest(this.path, manifest);
  }

  /** Lets go of the folder; what is half written goes. */
  async release(): Promise<void> {
    if (await this.lock.isHeld()) await rm(this.partialPath, { recursive: true, force: true }).catch(() => undefined);
    await this.lock.release().catch(() => undefined);
  }
}

async function checkContent(path: string, use: ComparisonFolderUse): Promise<void> {
  const state = await readComparisonState(path);
  if (state.kind === "other") throw notAComparison(path, state.found);
  const stranger = await strangerIn(path);
  if (stranger !== undefined) throw notAComparison(path, stranger);
  if (state.kind === "none" || use.force === true) return;
  const { a, b } = state.manifest;
  if (a.scenario === use.a && b.scenario === use.b) return;
  throw new TenureError({
    code: "TEN-COMPARE-003",
    what: "The output folder holds a finished comparison of other scenarios.",
    place: { file: path },
    found: `${a.scenario} with ${b.scenario}`,
    allowed: `a new folder, an empty one, or a comparison of ${use.a} with ${use.b}`,
    hint: "Choose another --out, or add --force to replace that comparison.",
  });
}

/** The first entry that no comparison makes. What lies in `a/` and `b/` is looked at when these are used. */
async function strangerIn(path: string): Promise<string | undefined> {
  const entries = await outputEntries(path, () => notAComparison(path, "a file"));
  const names = new Set(entries.map(({ name }) => name));
  // Names that others use, too, count as a comparison's own beside its two sides.
  const isComparison = SIDES.every((side) => names.has(side));
  const stranger = entries.find((entry) => {
    const { name } = entry;
    if (entry.isDirectory()) return !(SIDES.includes(name) || name === PARTIAL_DIR || isOfLock(name, "folder") === true);
    if (!entry.isFile()) return true;
    return !(MANIFESTS.includes(name) || (isComparison && RESULTS.includes(name)));
  });
  return stranger?.name;
}

function notAComparison(path: string, found: string): TenureError {
  const refusal = { code: "TEN-COMPARE-002", what: "The output folder holds something that is not of a comparison." };
  return foreignFolder(refusal, path, { found, orOne: "one that an earlier comparison wrote" });
}

function inUse(path: string, owner: string): TenureError {
  return folderInUse({ code: "TEN-COMPARE-006", what: "Another process is writing to this folder." }, path, owner);
}

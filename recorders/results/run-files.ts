import { RESULT_TABLE_NAMES } from "../../engine/index.js";
import { begunAs, type IsOwn, isOfLock, type OwnText } from "../folder/index.js";
import { MANIFEST_BEGINNINGS, PARTIAL_MANIFEST_NAME, REPLICATES_DIR, type RunState } from "./manifest.js";
import { MANIFEST_NAME } from "./result-manifest.js";

/** What a run under way has written so far, inside its folder. */
export const PARTIAL_DIR = ".partial";
/** In `PARTIAL_DIR`: a replicate of a study while it is written. */
export const WORK_DIR = "work";
export const TABLES_DIR = "tables";
export const DUCKDB_NAME = "results.duckdb";

const TABLE_FILE = /^tables\/\w+\.arrow$/;
const KNOWN_TABLE_FILES: ReadonlySet<string> = new Set(RESULT_TABLE_NAMES.map((table) => `${TABLES_DIR}/${table}.arrow`));
/** DuckDB's log, and where it puts what does not fit into memory. */
const DUCKDB_TMP = `${DUCKDB_NAME}.tmp`;
const DUCKDB_FILES = [DUCKDB_NAME, `${DUCKDB_NAME}.wal`];
/** Earlier versions named the owner in it, by its process id. */
const OWNER = "pid";
const isOwner: OwnText = (text) => /^\d*\n?$/.test(text);
/** A manifest that is being written when its process is killed; some versions began with an empty one. */
const isManifest: OwnText = (text) => text.trim() === "{}" || begunAs(...MANIFEST_BEGINNINGS)(text);

/**
 * Is it an entry of a folder of replicates, each a run folder named by its number?
 * @param path relative to what that folder lies in
 */
export function isOfReplicates(path: string, kind: "file" | "folder", folder: string): boolean {
  const [top, replicate, ...inside] = path.split("/");
  if (top !== folder) return false;
  if (replicate === undefined) return kind === "folder";
  if (!/^\d+$/.test(replicate)) return false;
  const rest = inside.join("/");
  if (kind === "folder") return rest === "" || rest === TABLES_DIR;
  return rest === MANIFEST_NAME || rest === PARTIAL_MANIFEST_NAME || TABLE_FILE.test(rest);
}

/** Entries that can be in a run folder, finished or not. Tables of another version are known by the manifest that lists them. */
export function ownRunFiles(state: RunState): IsOwn {
  const tables = new Set(KNOWN_TABLE_FILES);
  if (state.kind === "complete") {
    for (const { file } of Object.values(state.manifest.tables)) if (TABLE_FILE.test(file)) tables.add(file);
  }
  const isOfDuckdb = (path: string): boolean => DUCKDB_FILES.includes(path) || path.startsWith(`${DUCKDB_TMP}/duckdb_temp_`);
  const isResult = (path: string, kind: "file" | "folder"): boolean => {
    if (kind === "folder") return path === TABLES_DIR || path === DUCKDB_TMP;
    return tables.has(path) || isOfDuckdb(path);
  };
  // A database beside a run that made none is somebody else's.
  const hasDuckdb = state.kind !== "complete" || state.manifest.duckdb !== null;
  return (path, kind) => {
    if (isOfLock(path, kind)) return true;
    if (path === PARTIAL_DIR) return kind === "folder";
    if (path.startsWith(`${PARTIAL_DIR}/`)) {
      const inside = path.slice(PARTIAL_DIR.length + 1);
      if (inside === OWNER && kind === "file") return isOwner;
      // What a study that was killed had begun here.
      return isResult(inside, kind) || isOfReplicates(inside, kind, REPLICATES_DIR) || isOfReplicates(inside, kind, WORK_DIR);
    }
    // What is in the manifest itself is told by the state.
    if (path === MANIFEST_NAME) return kind === "file";
    if (path === PARTIAL_MANIFEST_NAME && kind === "file") return isManifest;
    // A run has a manifest from before its first result: without one these are somebody else's.
    return state.kind !== "none" && isResult(path, kind) && (hasDuckdb || kind === "folder" || !isOfDuckdb(path));
  };
}

/** Those of them that are not finished. */
export function isUnfinished(own: IsOwn): IsOwn {
  return (path, kind) => (path === PARTIAL_DIR || path.startsWith(`${PARTIAL_DIR}/`)) && own(path, kind);
}

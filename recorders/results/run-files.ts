import { RESULT_TABLE_NAMES } from "../../engine/index.js";
import { type IsOwn, isOfLock } from "../folder/index.js";
import { MANIFEST_NAME, PARTIAL_MANIFEST_NAME, type RunState } from "./manifest.js";

/** What a run under way has written so far, inside its folder. */
export const PARTIAL_DIR = ".partial";
export const TABLES_DIR = "tables";
export const DUCKDB_NAME = "results.duckdb";

const TABLE_FILE = /^tables\/\w+\.arrow$/;
const KNOWN_TABLE_FILES: ReadonlySet<string> = new Set(RESULT_TABLE_NAMES.map((table) => `${TABLES_DIR}/${table}.arrow`));
/** DuckDB's log, and where it puts what does not fit into memory. */
const DUCKDB_TMP = `${DUCKDB_NAME}.tmp`;
const DUCKDB_FILES = [DUCKDB_NAME, `${DUCKDB_NAME}.wal`];
/** Earlier versions named the owner in it. */
const OWNER = "pid";

/** Entries that can be in a run folder, finished or not. Tables of another version are known by the manifest that lists them. */
export function ownRunFiles(state: RunState): IsOwn {
  const tables = new Set(KNOWN_TABLE_FILES);
  if (state.kind === "complete") {
    for (const { file } of Object.values(state.manifest.tables)) if (TABLE_FILE.test(file)) tables.add(file);
  }
  const isOfDuckdb = (path: string): boolean => DUCKDB_FILES.includes(path) || path.startsWith(`${DUCKDB_TMP}/duckdb_temp_`);
  const isResult: IsOwn = (path, kind) => {
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
      return isResult(inside, kind) || (inside === OWNER && kind === "file");
    }
    if (kind === "file" && (path === MANIFEST_NAME || path === PARTIAL_MANIFEST_NAME)) return true;
    // A run has a manifest from before its first result: without one these are somebody else's.
    return state.kind !== "none" && isResult(path, kind) && (hasDuckdb || kind === "folder" || !isOfDuckdb(path));
  };
}

/** Those of them that are not finished. */
export function isUnfinished(own: IsOwn): IsOwn {
  return (path, kind) => own(path, kind) && (path === PARTIAL_DIR || path.startsWith(`${PARTIAL_DIR}/`));
}

import {
  begunAs,
  DUCKDB_NAME,
  type IsOwn,
  isOfLock,
  isOfReplicates,
  MANIFEST_NAME,
  PARTIAL_DIR,
  PARTIAL_MANIFEST_NAME,
  REPLICATES_DIR,
  WORK_DIR,
} from "../../recorders/index.js";
import { STUDY_BEGINNINGS } from "./study-manifest.js";

export const FIGURES_NAME = "figures.arrow";

const DUCKDB_TMP = `${DUCKDB_NAME}.tmp`;
const isManifest = begunAs(...STUDY_BEGINNINGS);

function isResult(path: string, kind: "file" | "folder"): boolean {
  if (isOfReplicates(path, kind, REPLICATES_DIR)) return true;
  if (kind === "folder") return path === DUCKDB_TMP;
  return [FIGURES_NAME, DUCKDB_NAME, `${DUCKDB_NAME}.wal`].includes(path) || path.startsWith(`${DUCKDB_TMP}/duckdb_temp_`);
}

/**
 * Entries that can be in the folder of a study.
 * @param holdsStudy its manifest is that of a study; without one, results beside it are somebody else's
 */
export function ownStudyFiles(holdsStudy: boolean): IsOwn {
  return (path, kind) => {
    if (isOfLock(path, kind)) return true;
    if (path === PARTIAL_DIR) return kind === "folder";
    if (path.startsWith(`${PARTIAL_DIR}/`)) {
      const inside = path.slice(PARTIAL_DIR.length + 1);
      return isResult(inside, kind) || isOfReplicates(inside, kind, WORK_DIR);
    }
    if (path === MANIFEST_NAME) return kind === "file" && holdsStudy;
    if (path === PARTIAL_MANIFEST_NAME && kind === "file") return isManifest;
    return holdsStudy && isResult(path, kind);
  };
}

/** What a start leaves behind for the next one to go on with. */
export const isKept: IsOwn = (path, kind) => isOfReplicates(path.slice(PARTIAL_DIR.length + 1), kind, REPLICATES_DIR);

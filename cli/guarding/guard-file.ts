import { GUARD_FILE_BEGINNING, isGuardFile } from "../../reports/index.js";
import { type OwnFileKind, refuseOther, writeOwn } from "../own-file.js";

const GUARD: OwnFileKind = {
  beginning: GUARD_FILE_BEGINNING,
  isOwn: isGuardFile,
  other: "a file that no guard wrote",
  foreign: {
    code: "TEN-GUARD-024",
    what: "Something else lies where the guard is to write what it finds.",
    allowed: "a path where nothing is yet, or what an earlier guard wrote with --out",
  },
  impossible: { code: "TEN-GUARD-023", what: "No file can have this path." },
  unwritten: { code: "TEN-GUARD-025", what: "What the guard found could not be written." },
};

/**
 * Refuses a path at which something else lies than what an earlier guard wrote.
 * @throws TenureError `TEN-GUARD-023`, `-024`
 */
export const refuseOtherFile = (path: string): Promise<void> => refuseOther(path, GUARD);

/** Writes it whole or not at all. @throws TenureError `TEN-GUARD-025` */
export const writeGuardFile = (path: string, text: string): Promise<number> => writeOwn(path, text, GUARD);

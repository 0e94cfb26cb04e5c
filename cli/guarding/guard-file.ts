import { TenureError } from "../../engine/index.js";
import { GUARD_FILE_BEGINNING, isGuardFile } from "../../reports/index.js";
import { type OwnFileKind, refuseOther, writeOwn } from "../own-file.js";

const GUARD: OwnFileKind = {
  beginning: GUARD_FILE_BEGINNING,
  isOwn: isGuardFile,
  other: "a file that no guard wrote",
  foreign: (path, found) =>
    new TenureError({
      code: "TEN-GUARD-024",
      what: "Something else lies where the guard is to write what it finds.",
      place: { file: path },
      found,
      allowed: "a path where nothing is yet, or what an earlier guard wrote with --out",
      hint: "Choose another --out, or move that away.",
    }),
  impossible: (path, found) =>
    new TenureError({
      code: "TEN-GUARD-023",
      what: "No file can have this path.",
      place: { file: path },
      found,
      allowed: "the path of a file, in a folder that is there or can be made",
      hint: "Choose another --out.",
    }),
  unwritten: (path, found) =>
    new TenureError({
      code: "TEN-GUARD-025",
      what: "What the guard found could not be written.",
      place: { file: path },
      found,
      allowed: "a folder that you may write to, on a disk that is not full",
      hint: "Free some space, or choose another --out.",
    }),
};

/**
 * Refuses a path at which something else lies than what an earlier guard wrote.
 * @throws TenureError `TEN-GUARD-023`, `-024`
 */
export const refuseOtherFile = (path: string): Promise<void> => refuseOther(path, GUARD);

/** Writes it whole or not at all. @throws TenureError `TEN-GUARD-025` */
export const writeGuardFile = (path: string, text: string): Promise<number> => writeOwn(path, text, GUARD);

import { TenureError } from "../../engine/index.js";
import { systemCode, systemWords } from "../system-words.js";

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** A failed write as a refusal, `TEN-STREAM-017`; anything that is not of the file system passes unchanged. */
export function writeRefusal(error: unknown, file: string): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  return new TenureError({
    code: "TEN-STREAM-017",
    what: FULL.has(code) ? "The disk is full; nothing was kept of the recording." : "The recording could not be written.",
    place: { file },
    found: systemWords(code),
    hint: FULL.has(code) ? "Free some space or choose another --out." : "Check that the folder exists and is writable.",
  });
}

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { hashFile, withReadErrors } from "../../../recorders/index.js";
import { TERMS_FILE } from "./baseline-files.js";

/** SHA-256 of the file of terms in the folder of a baseline; null: it has none. @throws TenureError `TEN-RESULT-002` it cannot be read */
export async function termsPrintIn(folder: string): Promise<string | null> {
  const file = join(folder, TERMS_FILE);
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return isThere ? withReadErrors(file, () => hashFile(file)) : null;
}

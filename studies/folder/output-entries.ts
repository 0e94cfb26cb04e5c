import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { systemCode, withReadErrors } from "../../recorders/index.js";

/** What lies in a folder that results are to be written to; nothing where it is not there yet. @param refuseFile told of a file in its place */
export async function outputEntries(path: string, refuseFile: () => Error): Promise<Dirent[]> {
  return withReadErrors(path, async () => {
    try {
      return await readdir(path, { withFileTypes: true });
    } catch (error) {
      if (systemCode(error) === "ENOENT") return [];
      if (systemCode(error) === "ENOTDIR") throw refuseFile();
      throw error;
    }
  });
}

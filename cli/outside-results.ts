import { TenureError } from "../engine/index.js";
import { enclosingResults } from "../recorders/index.js";

/**
 * Refuses to write a file into a folder of results or a recording: nothing lies there but what was written with it, and whoever reads or replaces it
 * relies on that.
 * @param option that named the file
 * @throws TenureError `TEN-CLI-012`
 */
export async function refuseInsideResults(path: string, option: string): Promise<void> {
  const folder = await enclosingResults(path);
  if (folder === null) return;
  throw new TenureError({
    code: "TEN-CLI-012",
    what: "The file would lie in a folder of results, which takes in nothing but its own.",
    place: { file: path, path: option },
    found: `inside ${folder}`,
    allowed: "a path outside of results and recordings",
    hint: `Choose another ${option}.`,
  });
}

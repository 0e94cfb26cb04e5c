import { basename, relative, resolve, sep } from "node:path";

/**
 * A folder as the commands of a page name it: as it would be typed in the folder that the page was made in, or, where it lies
 * elsewhere, by its last name alone, so that a page that is handed on says nothing of the machine.
 */
export function pageFolder(dir: string): string {
  const path = resolve(dir);
  const short = relative(process.cwd(), path);
  if (short === "" || short.startsWith(`..${sep}`) || short === ".." || resolve(short) === short) return basename(path);
  return short.startsWith("-") ? `.${sep}${short}` : short;
}

import { relative, resolve, sep } from "node:path";
import { shellWord } from "./shell-word.js";

/** A path as it would be typed in the current folder: relative where it lies inside, quoted where the shell needs it, and never like an option. */
export function typedPath(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  if (short.startsWith("..")) return shellWord(resolve(path));
  return shellWord(short === "" ? "." : short.startsWith("-") ? `.${sep}${short}` : short);
}

import { relative, resolve } from "node:path";

/** A word as the shell needs it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A path as it would be typed in the current folder: relative where it lies inside, quoted where the shell needs it. */
export function typedPath(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return quoted(short === "" ? "." : short.startsWith("..") ? resolve(path) : short);
}

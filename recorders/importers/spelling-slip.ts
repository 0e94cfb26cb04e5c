import { letterChanges } from "./letter-changes.js";

/** In names this short another letter makes another word: `uid` and `bid`. */
const LEAST_LETTERS = 4;

/** What people write differently and mean the same by: capitals, blanks, `_`, `-` and points. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, "");
}

/** Do the names differ by two neighbours that changed places, and by nothing else? */
function areSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at !== -1 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * Is a name most likely another one, written in other capitals or with a slip? Far stricter than the nearest name, which answers
 * for a name that is wrong already: this one is asked of names that may well be right.
 */
export function isSlipOf(name: string, meant: string): boolean {
  const [given, known] = [bare(name), bare(meant)];
  if (given === known) return true;
  if (known.length < LEAST_LETTERS || Math.abs(given.length - known.length) > 1) return false;
  return areSwapped(given, known) || letterChanges(given, known) <= 1;
}

import { letterChanges } from "../../scenarios/index.js";

/** In names this short another letter makes another word: `uid` and `bid`. */
const LEAST_LETTERS = 4;

/** What people write differently and mean the same by: capitals, blanks, `_`, `-` and points. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, "");
}

/**
 * Is a name most likely another one, written in other capitals or with a slip? Far stricter than the nearest name, which answers
 * for a name that is wrong already: this one is asked of names that may well be right.
 */
export function isSlipOf(name: string, meant: string): boolean {
  const [given, known] = [bare(name), bare(meant)];
  if (given === known) return true;
  if (known.length < LEAST_LETTERS || Math.abs(given.length - known.length) > 1) return false;
  return letterChanges(given, known) <= 1;
}

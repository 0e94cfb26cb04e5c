import type { Place } from "../../engine/index.js";

/** The field that a place is in, as a person calls it. */
export function namedField({ path = "" }: Place): string {
  return JSON.stringify(path.replace(/^row \d+, /, ""));
}

import { randomInt } from "node:crypto";
import { legibleLines } from "./printable.js";

/** How words stand out on a terminal. */
export interface Styles {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

// A text carries its styles as marks. A mark has the form of a terminal's own sequence, so that tables measure it as nothing,
// and numbers drawn for this process, so that no name in a file can hold one.
const SECRET = Array.from({ length: 4 }, () => randomInt(1_000, 10_000)).join(";");
const MARK = new RegExp(`\\x1b\\[${SECRET};(\\d+)m`);
const mark = (sgr: number) => `\x1b[${SECRET};${sgr}m`;

export const MARKED: Styles = {
  bold: (text) => `${mark(1)}${text}${mark(22)}`,
  dim: (text) => `${mark(2)}${text}${mark(22)}`,
};

export const UNMARKED: Styles = { bold: (text) => text, dim: (text) => text };

/** A text as it goes to the terminal: its marks as styles, everything else in it that is not printable escaped. */
export function render(text: string): string {
  // Every second part is what the mark holds.
  return text
    .split(MARK)
    .map((part, at) => (at % 2 === 1 ? `\x1b[${part}m` : legibleLines(part)))
    .join("");
}

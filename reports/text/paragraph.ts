import { wrapWords } from "../format/wrap-words.js";
import type { ReportStyle } from "../style.js";

/**
 * A sentence or more in lines that the terminal has room for.
 * @param text legible already
 * @param drawn how each line is drawn
 */
export function paragraph(text: string, { width }: ReportStyle, drawn: (line: string) => string = (line) => line): string {
  return (text.length <= width ? [text] : wrapWords(text, width)).map(drawn).join("\n");
}

/** A name and its value side by side; what has no room goes on below the value. */
export function labelled(name: string, value: string, { width }: ReportStyle): string {
  if (LABEL + value.length <= width) return name.padEnd(LABEL) + value;
  const indent = " ".repeat(LABEL);
  const [first = "", ...more] = wrapWords(value, Math.max(width - LABEL, 1));
  return [name.padEnd(LABEL) + first, ...more.map((line) => indent + line)].join("\n");
}

/** Letters that names have room for, with the gap behind them. */
const LABEL = 9;

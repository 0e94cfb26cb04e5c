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

/**
 * A text behind its lead, such as a name or `warning: `; what has no room goes on below the text. A text that fits stays as it is.
 * @param text legible already
 * @param drawn how the lead and each line of the text are drawn
 */
export function hanging(lead: string, text: string, { width }: Pick<ReportStyle, "width">, drawn: Drawn = {}): string {
  const { lead: drawnLead = asIs, text: drawnText = asIs } = drawn;
  if (lead.length + text.length <= width) return drawnLead(lead) + drawnText(text);
  const indent = " ".repeat(lead.length);
  const [first = "", ...more] = wrapWords(text, Math.max(width - lead.length, 1));
  return [drawnLead(lead) + drawnText(first), ...more.map((line) => indent + drawnText(line))].join("\n");
}

/** A name and its value side by side; what has no room goes on below the value. */
export function labelled(name: string, value: string, style: ReportStyle): string {
  return hanging(name.padEnd(LABEL), value, style);
}

interface Drawn {
  readonly lead?: (text: string) => string;
  readonly text?: (text: string) => string;
}

const asIs = (text: string) => text;

/** Letters that names have room for, with the gap behind them. */
const LABEL = 9;

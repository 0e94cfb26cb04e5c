/** How a report is drawn. */
export interface ReportStyle {
  /** Columns to stay within; Infinity for no limit. */
  readonly width: number;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  /** A value from a file, such as a name, as it is shown: on one line, what cannot be printed escaped. */
  readonly legible: (value: string) => string;
}

const unchanged = (text: string) => text;

/** Without limits, styles or escapes: for a program that reads the text. */
export const PLAIN_STYLE: ReportStyle = { width: Number.POSITIVE_INFINITY, bold: unchanged, dim: unchanged, legible: unchanged };

/** How a report is drawn. */
export interface ReportStyle {
  /** Columns to stay within; Infinity for no limit. */
  readonly width: number;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

export const PLAIN_STYLE: ReportStyle = { width: Number.POSITIVE_INFINITY, bold: (text) => text, dim: (text) => text };

import { groupThousands } from "./amount.js";
import { formatFigure } from "./figure.js";

/** A change of a figure: with a plus before a gain. */
export function formatFigureChange(change: number): string {
  return `${change > 0 ? "+" : ""}${formatFigure(change)}`;
}

/** A change in percent of what it is a change of, two decimals, with its sign. */
export function formatChangeShare(share: number): string {
  const percent = (share * 100).toFixed(2);
  if (!Number.isFinite(share)) return percent;
  if (Number(percent) === 0) return "0.00 %";
  const [, sign = "", whole = "", rest = ""] = /^(-?)(\d+)(.*)$/.exec(percent) ?? [];
  return `${share > 0 ? "+" : sign}${groupThousands(whole)}${rest} %`;
}

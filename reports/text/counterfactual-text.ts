import type { Counterfactual, CounterfactualLine } from "../explain/counterfactual.js";
import { formatTokens } from "../format/amount.js";
import { plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { valueText } from "./derivation-text.js";
import { paragraph } from "./paragraph.js";

/** Both columns of what differs. */
export function counterfactualText({ changes, explanation, lines }: Counterfactual, style: ReportStyle): string {
  const head = paragraph(`Were it ${changes.map(style.legible).join(", ")}`, style, style.bold);
  if (explanation === null) return `${head}\n${paragraph("Then it is not there in this epoch, or not at all.", style)}\n`;
  const differ = lines.filter(({ value, counterfactual }) => value !== counterfactual);
  const same = lines.length - differ.length;
  if (differ.length === 0) return `${head}\n${paragraph("Nothing of it differs.", style)}\n`;
  const table = renderTable<CounterfactualLine>(
    [
      { head: "term", cell: ({ term }) => style.legible(term) },
      { head: "value", align: "right", cell: ({ value, unit }) => style.legible(valueText({ value, unit })) },
      {
        head: "counterfactual",
        align: "right",
        cell: ({ counterfactual, unit }) => style.legible(valueText({ value: counterfactual, unit })),
      },
      { head: "difference", align: "right", cell: differenceText },
    ],
    differ,
    style,
  );
  const more = same > 0 ? `\n${style.dim(`${plural(same, "term")} more ${same === 1 ? "is" : "are"} the same; --json has all`)}` : "";
  return `${head}\n${table}${more}\n`;
}

function differenceText({ difference, unit, value, counterfactual }: CounterfactualLine): string {
  if (difference === null) return "";
  const sign = difference > 0 ? "+" : "";
  const isRao = unit.startsWith("rao") && Number.isInteger(Number(difference));
  const change = `${sign}${isRao ? formatTokens(difference) : valueText({ value: difference, unit: "" })}`;
  const of = Number(value);
  return isRao && of !== 0 && counterfactual !== null
    ? `${change} (${sign}${((Number(difference) / Math.abs(of)) * 100).toFixed(2)} %)`
    : change;
}

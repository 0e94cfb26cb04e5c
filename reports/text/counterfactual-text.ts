import type { AnyExplanation } from "../explain/any-explanation.js";
import type { Counterfactual, CounterfactualLine } from "../explain/counterfactual.js";
import { plural } from "../format/numbers.js";
import { plainNumber } from "../format/plain-number.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { raoText, termText, valueText } from "./derivation-text.js";
import { paragraph } from "./paragraph.js";

const ABSENT_RUN = "Then its hotkey has no position in the run, or several of other coldkeys.";
const ABSENT_EPOCH = "Then it is not there in this epoch, or not at all.";
/** Of fewer rao a change in percent says nothing. */
const FEW_RAO = 1_000;
/** Nor of what is so many times as much. */
const MANY_TIMES = 10;

/** Both columns of what differs. */
export function counterfactualText({ changes, explanation, lines }: Counterfactual, as: AnyExplanation, style: ReportStyle): string {
  const head = paragraph(`Were it ${changes.map(style.legible).join(", ")}`, style, style.bold);
  if (explanation === null) return `${head}\n${paragraph(as.kind === "run" ? ABSENT_RUN : ABSENT_EPOCH, style)}\n`;
  const rounded = lines.filter(({ by_rounding: byRounding }) => byRounding).length;
  const differ = lines.filter(({ value, counterfactual, by_rounding: byRounding }) => value !== counterfactual && !byRounding);
  const same = lines.length - differ.length - rounded;
  if (differ.length === 0) return `${head}\n${paragraph("Nothing of it differs.", style)}\n`;
  const table = renderTable<CounterfactualLine>(
    [
      { head: "term", cell: ({ term, path }) => style.legible(termText({ term, path })) },
      { head: "value", align: "right", cell: (line) => style.legible(lineText(line, line.value)) },
      {
        head: "counterfactual",
        align: "right",
        cell: (line) => style.legible(lineText(line, line.counterfactual)),
      },
      { head: "difference", align: "right", cell: differenceText },
    ],
    differ,
    style,
  );
  const beside = [
    ...(same > 0 ? [`${plural(same, "term")} more ${same === 1 ? "is" : "are"} the same`] : []),
    ...(rounded > 0 ? [`${plural(rounded, "term")} more ${rounded === 1 ? "differs" : "differ"} by a rao of rounding alone`] : []),
  ];
  const more = beside.length > 0 ? `\n${style.dim(`${beside.join(", ")}; --json has all`)}` : "";
  return `${head}\n${table}${more}\n`;
}

/** In one unit a row: rao only where all of it are few. */
function lineText({ unit, value: as, counterfactual, difference }: CounterfactualLine, value: CounterfactualLine["value"]): string {
  const all = [as, counterfactual, difference].filter((one) => one !== null);
  if (value === null || !isWhole(value) || !unit.startsWith("rao") || !all.every(isWhole)) return valueText({ value, unit });
  return raoText(value, ...all);
}

function isWhole(value: NonNullable<CounterfactualLine["value"]>): value is number | bigint {
  return typeof value !== "string" && Number.isInteger(Number(value));
}

function differenceText(line: CounterfactualLine): string {
  const { difference, unit, value, counterfactual } = line;
  if (difference === null) return "";
  const sign = difference > 0 ? "+" : "";
  const isRao = unit.startsWith("rao") && isWhole(difference);
  const change = `${sign}${isRao ? lineText(line, difference) : typeof difference === "number" ? plainNumber(difference) : difference}`;
  const of = Number(value);
  return isRao && Math.abs(of) >= FEW_RAO && Math.abs(Number(difference)) < MANY_TIMES * Math.abs(of) && counterfactual !== null
    ? `${change} (${sign}${((Number(difference) / Math.abs(of)) * 100).toFixed(2)} %)`
    : change;
}

import { formatMultiplier, formatShare, plural } from "../../format/numbers.js";
import { drawBands } from "../../html/band-chart.js";
import { colour } from "../../html/colours.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { sqlCommand } from "../../text/sql-command.js";
import type { HoldingSpread } from "../holding-spread.js";
import { SUBNETS_DRAWN } from "../page-subnets.js";
import type { QuantileBands } from "../quantile-bands.js";
import type { RunPageData } from "../run-page-data.js";
import { isSampleSql, samplingWords } from "../sampled-epochs.js";
import { absentNote } from "./absent-tables.js";

/** How the multiplier, and the holding that it rewards, are spread over the miners; null: no table tells. */
export function holdingSection(data: RunPageData): PageSection | null {
  const { run, holding } = data;
  const many = holding.length > 1;
  const drawn = holding.slice(0, SUBNETS_DRAWN).flatMap((spread) => [
    multiplierFigure(run, spread, many),
    bandFigure(run, spread, many, {
      name: "held-share",
      column: "held_share",
      axis: "held share",
      bands: spread.held_share,
      unit: "held share: what is left of what was paid, 0 to 1",
      title: (bands) =>
        `Before the pay of the last epoch the ${isOne(bands) ? "" : "median "}${spread.of} holds ${formatShare(lastOf(bands.median))} of what it was paid`,
    }),
    bandFigure(run, spread, many, {
      name: "held-days",
      column: "held_days",
      axis: "held days",
      bands: spread.held_days,
      unit: "days: mean age of what is held, weighted by amount",
      title: (bands) =>
        `What the ${isOne(bands) ? "" : "median "}${spread.of} holds before the pay of the last epoch is ${lastOf(bands.median).toFixed(1)} days old`,
    }),
  ]);
  const shown = [...drawn, absentNote(data, "holdings")].filter((part) => part !== null);
  return shown.length === 0 ? null : { id: "holding", title: "Multipliers and holding", content: figures(...shown) };
}

/** Of a single one there is nothing that lies apart. */
const isOne = ({ counts }: QuantileBands) => Math.max(...counts) === 1;

/** The last value that there is. */
function lastOf(values: readonly (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? 0;
}

function multiplierFigure(run: string, spread: HoldingSpread, many: boolean): Html | null {
  const { multiplier: bands, multiplier_column: column } = spread;
  const [table, name] = column.split(".");
  const word = spread.is_applied ? "multiplier" : "would-be multiplier";
  return bandFigure(run, spread, many, {
    name: "multiplier",
    table,
    column: name,
    axis: word,
    bands,
    unit: spread.is_applied
      ? `multiplier: a factor on the weight of a ${spread.of}`
      : "would-be multiplier: what the rule would answer; it changes nobody's pay",
    title: (of) =>
      isOne(of)
        ? `${spread.is_applied ? "The multiplier" : "The would-be multiplier"} ends at ${formatMultiplier(lastOf(of.median))}`
        : `${spread.is_applied ? "Multipliers" : "Would-be multipliers"} end between ${formatMultiplier(lastOf(of.lowest))} and ${formatMultiplier(lastOf(of.highest))}, with a median of ${formatMultiplier(lastOf(of.median))}`,
  });
}

interface Banded {
  readonly name: string;
  readonly table?: string;
  readonly column: string;
  /** Name of the vertical axis. */
  readonly axis: string;
  readonly bands: QuantileBands | null;
  readonly unit: string;
  readonly title: (bands: QuantileBands) => string;
}

const SERIES = ["multiplier", "held-share", "held-days"];

function bandFigure(
  run: string,
  { netuid, of, sampling }: HoldingSpread,
  many: boolean,
  { name, table = "holdings", column, axis, bands, unit, title }: Banded,
): Html | null {
  if (bands === null) return null;
  const series = SERIES.indexOf(name);
  const statement = `${many ? `Subnet ${netuid}: ` : ""}${title(bands)}`;
  const condition = isSampleSql(sampling, "t.epoch");
  const every = condition === null ? "" : ` AND ${condition}`;
  const who = of === "miner" ? "p.role = 'miner'" : "(p.paid_rao > 0 OR p.recorded_rao > 0)";
  const query = `SELECT e.end_ms, quantile_cont(t.${column}, [0, 0.25, 0.5, 0.75, 1]) FROM ${table} t JOIN positions p USING (position) JOIN epochs e USING (netuid, epoch) WHERE ${who} AND p.netuid = ${netuid}${every} GROUP BY e.end_ms ORDER BY e.end_ms`;
  return chartFigure({
    id: `${name}-${netuid}`,
    title: statement,
    unit,
    caption: `Of ${plural(Math.max(...bands.counts), of)} at the end of ${samplingWords(sampling)}, before its pay${isOne(bands) ? "." : ": median (line), middle half (dark), lowest to highest (light)."}`,
    drawing: drawBands(statement, { ...bands, timesMs: bands.times_ms }, { axis, colour: colour(series) }),
    ...(isOne(bands) ? {} : { key: [{ label: "median, middle half, lowest to highest", colour: colour(series) }] }),
    command: sqlCommand(run, query),
  });
}

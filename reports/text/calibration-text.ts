import { DAY_MS } from "../../engine/index.js";
import type { CalibrationReport } from "../calibration-report.js";
import { formatTokensShort } from "../format/amount.js";
import { formatFigure } from "../format/figure.js";
import { formatCount, formatShare, plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { hanging, labelled } from "./paragraph.js";
import { typedPath } from "./typed-path.js";

type Fit = NonNullable<CalibrationReport["fit"]>;

/** What a calibration came to: who does what, how well it fits, and what to do with it. */
export function calibrationText(report: CalibrationReport, command: string, style: ReportStyle): string {
  const { out, netuid, epochs, miners, others, fit, warnings } = report;
  const count = miners.length + (others?.count ?? 0);
  const parts = [
    style.bold(`Wrote ${typedPath(out)}`),
    "",
    labelled(
      "subnet",
      `${netuid}, ${report.start} to ${report.end}: ${plural(epochs, "epoch")} that paid ${plural(count, "miner")}`,
      style,
    ),
    labelled("skill", skillWords(report), style),
    "",
    strategiesTable(report, style),
    "",
    ...(fit === null ? ["The fit was not looked at (--no-check)."] : fitParts(fit, style)),
    ...[...limits(report), ...warnings].map((text) => hanging("note: ", style.legible(text), style)),
    `Try: npx ${command}`,
  ];
  return `${parts.join("\n")}\n`;
}

function skillWords({ skill: { basis, deviation, half_life_ms: halfLifeMs, pairs } }: CalibrationReport): string {
  const days = halfLifeMs >= DAY_MS ? `${formatFigure(halfLifeMs / DAY_MS)} d` : `${formatFigure(halfLifeMs / 60_000)} min`;
  switch (basis) {
    case "estimated":
      return `deviation ${deviation}, half-life ${days}, from ${formatCount(pairs)} pairs of pays`;
    case "steady":
      return "shares of pay do not change from epoch to epoch";
    case "uncorrelated":
      return `deviation ${deviation}; a share of one epoch says nothing of the next (${formatCount(pairs)} pairs)`;
    case "longer":
      return `deviation ${deviation}; shares wander on for as long as is recorded, so the half-life may be longer than ${days}`;
    case "too_little":
      return "too few pays to say how shares change: they stay as they are";
  }
}

/** Who does what, strategy by strategy. */
function strategiesTable({ miners, others }: CalibrationReport, style: ReportStyle): string {
  const kinds = [...new Set(miners.map(({ strategy }) => strategy.kind))];
  const rows = kinds.map((kind) => {
    const of = miners.filter(({ strategy }) => strategy.kind === kind);
    const sum = (rao: (miner: (typeof of)[number]) => string) => of.reduce((all, one) => all + BigInt(rao(one)), 0n);
    const [paid, sold] = [sum((one) => one.paid_rao), sum((one) => one.sold_rao)];
    const apart = of.reduce((all, one) => all + one.miss * Number(one.sold_rao), 0);
    return { name: kind as string, count: of.length, paid, sold, miss: sold === 0n ? null : apart / Number(sold) };
  });
  if (others !== null) {
    rows.push({ name: "others", count: others.count, paid: BigInt(others.paid_rao), sold: BigInt(others.sold_rao), miss: null });
  }
  const table = renderTable(
    [
      { head: "strategy", cell: ({ name }) => name },
      { head: "miners", align: "right", cell: ({ count }) => formatCount(count) },
      { head: "paid", align: "right", cell: ({ paid }) => formatTokensShort(paid) },
      { head: "sold", align: "right", cell: ({ sold }) => formatTokensShort(sold) },
      { head: "off by", align: "right", dropOrder: 1, cell: ({ miss }) => (miss === null ? "-" : formatShare(miss)) },
    ],
    rows,
    style,
  );
  const explained = "(alpha; off by: between what was sold by an instant and what the strategy would have, in the mean, of all sold)";
  return `${hanging("Which strategy what they sold is nearest to ", explained, style, { lead: style.bold })}\n${table}`;
}

function fitParts({ recorded, simulated, without_luck: steady }: Fit, style: ReportStyle): string[] {
  type Run = Fit["simulated"];
  const price = (tao: number) => (tao === 0 ? "none" : formatFigure(tao));
  const runs: readonly (Run | null)[] = [simulated, steady];
  const row = (name: string, of: (figures: Fit["recorded"]) => string) => ({
    name,
    cells: [of(recorded), ...runs.map((run) => (run === null ? "" : of(run)))],
  });
  const against = (name: string, of: (run: Run) => string) => ({ name, cells: ["", ...runs.map((run) => (run === null ? "" : of(run)))] });
  const rows = [
    row("paid, alpha", ({ paid_rao }) => formatTokensShort(paid_rao)),
    row("Gini of pay", ({ pay_gini }) => formatFigure(pay_gini)),
    row("sold / paid", ({ sold_share }) => formatShare(sold_share)),
    row("held at the end, alpha", ({ held_end_rao }) => formatTokensShort(held_end_rao)),
    row("price at the end, TAO", ({ price_end_tao }) => price(price_end_tao)),
    against("pay shares: largest difference", (run) => `${formatShare(run.largest_share_difference)} (${run.largest_at})`),
    against("pay shares: part that goes to others", (run) => formatShare(run.pay_moved)),
    against("sold / paid: largest difference", (run) => `${formatShare(run.largest_sold_difference)} (${run.largest_sold_at})`),
  ];
  const heads = ["recorded", "one run", ...(steady === null ? [] : ["without luck"])];
  const table = renderTable(
    [
      { head: "", cell: ({ name }: (typeof rows)[number]) => name },
      ...heads.map((head, at) => ({ head, align: "right" as const, dropOrder: at, cell: ({ cells }: (typeof rows)[number]) => cells[at] })),
    ],
    rows,
    style,
  );
  const explained =
    steady === null ? "" : "(one run is one draw of how skill goes up and down; without luck: closed_loop.skill.deviation=0)";
  return [hanging(steady === null ? "How well it fits" : "How well it fits ", explained, style, { lead: style.bold }), table, ""];
}

/** What the recording shows and a closed loop has no words for. */
function limits({ miners, end, first_price, sales_wait_for_price, last_price, ...report }: CalibrationReport): string[] {
  const left = miners.filter((miner) => miner.left !== null).length;
  const sum = (rao: (miner: (typeof miners)[number]) => string) => miners.reduce((all, one) => all + BigInt(rao(one)), 0n);
  const [brought, given] = [sum((one) => one.brought_rao), sum((one) => one.given_rao)];
  return [
    ...(sales_wait_for_price ? [`No price is recorded before ${first_price}: until then nobody can sell.`] : []),
    ...(report.prices_end_early
      ? [
          `No price is recorded after ${last_price}, and epochs go on to ${end}: what is sold later is sold at that one price; as recorded, that was ${formatTokensShort(report.sold_after_last_price_rao)} alpha. Look at the time before it alone: --to ${last_price}.`,
        ]
      : []),
    ...(left === 0
      ? []
      : [`${plural(left, "miner")} had left by the end; nobody leaves a closed loop, and to the end the same is paid in all.`]),
    ...(brought === 0n ? [] : [`${formatTokensShort(brought)} alpha that came to miners later is left out: nobody buys.`]),
    ...(given === 0n ? [] : [`${formatTokensShort(given)} alpha that miners gave away, moved or lost is left out: they hold it.`]),
  ];
}

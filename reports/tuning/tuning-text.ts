import { formatFigure } from "../format/figure.js";
import { plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { hanging, paragraph } from "../text/paragraph.js";
import { typedPath } from "../text/typed-path.js";
import { findingsText } from "./findings-text.js";
import { heatMap } from "./heat-map.js";
import { importanceText } from "./importance-text.js";
import { trialsText } from "./trials-text.js";
import { trustText } from "./trust-text.js";
import type { TuningReport, TuningTrialReport } from "./tuning-report.js";

/** What trials came to: the chosen one and why, the table, maps, what the choice is worth elsewhere, and what the data decide. */
export function tuningText(report: TuningReport, style: ReportStyle): string {
  if (report.ended === "shard") return partText(report, style);
  const parts = [
    headText(report, style),
    trialsText(report, style),
    ...report.objectives.map(({ name }) => heatMap(report, name, style)),
    trustText(report, style),
    importanceText(report, style),
    findingsText(report, style),
    warningsText(report, style),
    nextText(report, style),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** A part is no answer. */
function partText({ study, trials, dir, sampler_adapts: adapts }: TuningReport, style: ReportStyle): string {
  const finished = `${plural(trials.length, "trial")} of ${study} ${trials.length === 1 ? "is" : "are"} finished`;
  // Who learns from all trials waits for those of the other parts.
  const again = adapts ? ", and, as long as the whole is not there, each part again in a folder of what was merged" : "";
  const words = `${finished} in ${typedPath(dir)}, a part of all. When the others are, too: tenure merge <dirs...> --out <dir>${again}`;
  return `${paragraph(words, style)}\n`;
}

function headText(report: TuningReport, style: ReportStyle): string {
  const { scenario, study, description, trials, replicates, held_out_replicates: heldOut, seed, sampler } = report;
  const runs = replicates.length === 1 ? "one run each" : `${replicates.length} replicates each, the same draws for all`;
  const further = heldOut.length === 0 ? "" : `, and ${heldOut.length} held out`;
  const bounds = report.limits.map(({ figure, at_most, at_least }) =>
    [figure, ...(at_least === null ? [] : [`at least ${at_least}`]), ...(at_most === null ? [] : [`at most ${at_most}`])].join(" "),
  );
  const lines = (name: string, texts: readonly string[]) =>
    texts.map((words, at) => hanging(`  ${(at === 0 ? name : "").padEnd(12)}`, style.legible(words), style));
  const named = study === `tune-${scenario}` ? scenario : `${study} on ${scenario}`;
  const title = `${style.legible(named)}: ${plural(trials.length, "trial")} (${sampler}), ${runs}${further} (seed ${seed})`;
  return [
    hanging("Tuned ", title, style, { lead: style.bold }),
    ...lines("asks", description === null ? [] : [description]),
    ...lines(
      "varied",
      report.parameters.map(({ path, words }) => `${path}: ${words}`),
    ),
    ...lines("where", report.constraints),
    ...lines(
      "wanted",
      report.objectives.map(({ name, better }) => `${name} (${better === "max" ? "the more the better" : "the less the better"})`),
    ),
    ...lines("kept", bounds),
    ...lines("chosen", chosenLines(report)),
  ].join("\n");
}

function trialNumbered({ trials }: TuningReport, number: number): TuningTrialReport | undefined {
  return trials.find(({ trial }) => trial === number);
}

/** The chosen trial and why it is it, in words. */
function chosenLines(report: TuningReport): string[] {
  const { chosen, front, objectives, limits, base } = report;
  if (chosen === null) return [limits.length === 0 ? "none: no trial finished" : "none: no trial that finished keeps the limits"];
  const trial = trialNumbered(report, chosen);
  const values = Object.entries(trial?.set ?? {}).map(([path, value]) => `${path} ${value}`);
  const meanOf = (name: string) => trial?.objectives?.[name].mean ?? Number.NaN;
  const now = (name: string) => (base === null ? "" : `now ${formatFigure(base[name].mean)}`);
  const [only, ...more] = objectives;
  if (more.length === 0) {
    const reached = [`${only.name} ${formatFigure(meanOf(only.name))}`, now(only.name)].filter((words) => words !== "").join(", ");
    return [`${values.join(", ")} (trial ${chosen}): ${reached}`, plateauWords(report, only)];
  }
  const reached = objectives.map(({ name, better }) => {
    const means = front.map((one) => trialNumbered(report, one)?.objectives?.[name].mean ?? Number.NaN);
    const [least, most] = [Math.min(...means), Math.max(...means)];
    const [best, worst] = better === "max" ? [most, least] : [least, most];
    const beside = [front.length === 1 ? "" : `best of the front ${formatFigure(best)}, worst ${formatFigure(worst)}`, now(name)].filter(
      (words) => words !== "",
    );
    return `${name} ${formatFigure(meanOf(name))}${beside.length === 0 ? "" : ` (${beside.join("; ")})`}`;
  });
  const why = front.length === 1 ? "no other is better in any" : `of ${front.length} on the front the nearest to the best of each at once`;
  return [`${values.join(", ")} (trial ${chosen}): ${why}`, ...reached];
}

function warningsText({ warnings }: TuningReport, style: ReportStyle): string {
  if (warnings.length === 0) return "";
  return [style.bold("What runs warn of"), ...warnings.map((one) => hanging("  - ", style.legible(one), style))].join("\n");
}

/** Why a trial was chosen by one objective: by its neighbourhood, where there is one. */
function plateauWords(report: TuningReport, { name, better }: TuningReport["objectives"][number]): string {
  const { trials, front, chosen, neighbours, parameters } = report;
  const where = parameters.every(({ values }) => values !== null) ? "one step away" : "within a tenth of the ranges";
  const meanAt = (number: number) => trialNumbered(report, number)?.objectives?.[name].mean ?? Number.NaN;
  const best = front[0];
  const isBest = chosen === null || meanAt(chosen) === meanAt(best);
  const those = report.limits.length === 0 ? "were tried" : "keep the limits";
  const few = trials.length < 2 ? "the only one that was tried" : `the best of those that ${those}`;
  if (neighbours.length === 0)
    return `${isBest ? few : `trial ${best} is better, next to worse ones`}; none lies ${where}, so nothing is known of what is around it`;
  const known = neighbours.map(meanAt).filter((value) => !Number.isNaN(value));
  const worst = better === "max" ? Math.min(...known) : Math.max(...known);
  const around =
    known.length === 0
      ? "those around it failed"
      : neighbours.length === 1
        ? `the trial ${where} has ${formatFigure(worst)}`
        : `of the ${neighbours.length} trials ${where} the worst has ${formatFigure(worst)}`;
  return isBest
    ? `${few}; ${around}`
    : `not the best itself (trial ${best}: ${formatFigure(meanAt(best))}), but with the best neighbourhood: ${around}; a plateau rather than a peak`;
}

function nextText({ chosen, dir, confirmed, objectives, findings }: TuningReport, style: ReportStyle): string {
  const count = confirmed?.trials.length ?? 0;
  const checked =
    confirmed === null
      ? ""
      : ` Trials were computed from one replay of the ledger; ${count} of the best ${count === 1 ? "was" : "were"} run again in full, and agree.`;
  const where = paragraph(
    `All trials are in ${typedPath(dir)} (study.duckdb, trials.jsonl, manifest.json). The same command goes on there.${checked}`,
    style,
  );
  // Where all trials are the same there is nothing to take over.
  const isDecided = objectives.some(({ name }) => !findings.some((one) => one.kind === "flat_objective" && one.objective === name));
  if (chosen === null || !isDecided) return where;
  const apply = hanging("  ", `npx tenure studies apply ${typedPath(dir)} --pick ${chosen} > new-scenario.yaml`, style);
  return `${where}\n\n${style.bold("Try next:")}\n${apply}`;
}

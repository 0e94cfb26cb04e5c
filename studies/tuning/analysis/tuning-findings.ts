import { math } from "../../../engine/index.js";
import type { PairedDifference } from "../../compare/paired-difference.js";
import { dominates } from "../pareto.js";
import type { Domain, TunedValue } from "../space/domain.js";
import type { Tuning } from "../tuning.js";
import type { Losses } from "./compromise.js";
import { isCompleteGrid, levelsOf, trialAt } from "./grid-places.js";
import type { JudgedBy, TrustAnalysis } from "./trust-analysis.js";

/** Something that the data decide, or do not. */
export type TuningFinding =
  /** An objective that is the same in all trials. */
  | { readonly kind: "flat_objective"; readonly objective: string }
  /** A parameter of which no value makes any objective another, whatever the others are. */
  | { readonly kind: "parameter_without_effect"; readonly path: string }
  /** What every run says that its data cannot decide of its rule. */
  | { readonly kind: "undecided"; readonly what: string }
  /** The scenario draws random numbers, and one draw was looked at. */
  | { readonly kind: "one_draw" }
  /** Nothing is drawn: the figures are exact for these data, and say nothing about others. */
  | { readonly kind: "these_data_alone" }
  /** Trials whose difference from the chosen one may be luck in every objective. */
  | { readonly kind: "not_told_apart"; readonly trials: readonly number[]; readonly of: number; readonly replicates: number }
  /** The chosen value is the first or last of those that were tried; or it is as good as the end of its range, which is then named. */
  | { readonly kind: "at_the_edge"; readonly path: string; readonly value: string; readonly end?: string }
  /** The search ended before the space was seen: a part of a grid. */
  | { readonly kind: "cut_short"; readonly trials: number; readonly of: number | null; readonly sampler: string }
  /** Trials that do not keep a limit. */
  | { readonly kind: "limits_broken"; readonly trials: number; readonly of: number }
  /** Trials that were given up for want of hope. */
  | { readonly kind: "pruned"; readonly trials: number; readonly of: number }
  /** On data that it was not chosen by, the chosen trial is not surely better than any other. */
  | { readonly kind: "cannot_tell"; readonly objectives: readonly string[]; readonly by: JudgedBy; readonly isTooFew: boolean }
  /** The scenario as it stands is better than the chosen trial in every objective (or equal in some), and keeps the limits. */
  | { readonly kind: "now_is_better" }
  /** Less is left out between what is learned from and what is judged than the rule looks back, in days. */
  | { readonly kind: "short_gap"; readonly gap_days: number; readonly window_days: number }
  /** The choice was not judged on other data, and why. */
  | { readonly kind: "not_judged"; readonly reason: string };

const DAY_MS = 86_400_000;

interface Found {
  /** Losses of the scenario as it stands; null: it failed. */
  readonly base: Losses;
  readonly chosen: number | null;
  /** From the chosen trial, by objective. */
  readonly differences: readonly (readonly PairedDifference[] | null)[];
  readonly trust: TrustAnalysis;
  readonly losses: readonly Losses[];
}

export function tuningFindings(tuning: Tuning, { losses, chosen, differences, trust, base }: Found): readonly TuningFinding[] {
  const { objectives, parameters, random, replicates, trials, undecided, plan, ended, time } = tuning;
  const found: TuningFinding[] = [];
  const finished = losses.filter((one) => one !== null);
  for (const [k, { name }] of objectives.entries())
    if (finished.length > 1 && finished.every((one) => one[k] === finished[0][k])) found.push({ kind: "flat_objective", objective: name });
  for (const [p, { path, domain }] of parameters.entries())
    if (domain.kind === "list" && domain.values.length > 1 && hasNoEffect(tuning, losses, p))
      found.push({ kind: "parameter_without_effect", path });
  for (const what of undecided) found.push({ kind: "undecided", what });
  if (random.length === 0) found.push({ kind: "these_data_alone" });
  else if (replicates.length === 1) found.push({ kind: "one_draw" });
  if (trust.judgements.length === 0) {
    const reason = finished.length < 2 ? "fewer than two trials could be chosen" : (time.reason ?? "nothing was asked for");
    found.push({ kind: "not_judged", reason });
  }
  if (time.kind !== "none" && time.gapMs < time.windowMs)
    found.push({ kind: "short_gap", gap_days: time.gapMs / DAY_MS, window_days: time.windowMs / DAY_MS });
  for (const { by, judgement, compromise } of trust.judgements) {
    if (compromise !== null) {
      const [{ verdict, isTooFew, canBeTold }] = compromise.objectives;
      if (verdict !== "better" && verdict !== "flat")
        found.push({ kind: "cannot_tell", objectives: objectives.map(({ name }) => name), by, isTooFew: isTooFew || !canBeTold });
      continue;
    }
    const open = judgement.objectives.flatMap(({ verdict, isTooFew, canBeTold }, k) =>
      verdict === "better" || verdict === "flat" ? [] : [{ name: objectives[k].name, isTooFew: isTooFew || !canBeTold }],
    );
    if (open.length > 0)
      found.push({ kind: "cannot_tell", objectives: open.map(({ name }) => name), by, isTooFew: open.every(({ isTooFew }) => isTooFew) });
  }
  const count = (isMeant: (at: number) => boolean) => trials.filter((_, at) => isMeant(at)).length;
  const broken = count((at) => trials[at].breaks.length > 0);
  if (broken > 0) found.push({ kind: "limits_broken", trials: broken, of: trials.length });
  const pruned = count((at) => trials[at].status === "pruned");
  if (pruned > 0) found.push({ kind: "pruned", trials: pruned, of: trials.length });
  const all = plan.space.combinations;
  if (ended === "time" || (ended === "budget" && plan.sampler.name === "grid" && trials.length < all))
    found.push({
      kind: "cut_short",
      trials: trials.length,
      of: plan.trials ?? (Number.isFinite(all) ? all : null),
      sampler: plan.sampler.name,
    });
  if (chosen === null) return found;
  const own = losses[chosen];
  if (own !== null && base !== null && tuning.base.breaks.length === 0 && dominates(base, own)) found.push({ kind: "now_is_better" });
  const alike = differences.flatMap((own, trial) =>
    trial !== chosen && losses[trial] !== null && own?.every(({ verdict: { kind } }) => kind === "not_told_apart" || kind === "same")
      ? [trial]
      : [],
  );
  if (alike.length > 0) found.push({ kind: "not_told_apart", trials: alike, of: finished.length - 1, replicates: replicates.length });
  for (const [p, { path, domain }] of parameters.entries()) {
    const value = trials[chosen].assignment[p];
    const end = endAt(domain, value);
    const isNumeric = domain.kind === "range" || (domain.values.length > 2 && domain.values.every((one) => typeof one === "number"));
    const isBound = tuning.bounds.some((bound) => bound.path === path && bound.value === end);
    const isAlone = trials.every(({ assignment }) => assignment[p] === value);
    if (end !== null && isNumeric && !isAlone && !isBound && !hasNoEffect(tuning, losses, p))
      found.push({ kind: "at_the_edge", path, value: String(value), ...(end === value ? {} : { end: String(end) }) });
  }
  return found;
}

/** Of a range a search of so many numbers meets no end exactly: what lies so near to one, as a part of the range, lies at it. */
const NEAR_END = 0.05;

/** The end of a domain that a value lies at; null: it lies between. */
function endAt(domain: Domain, value: TunedValue): TunedValue | null {
  if (domain.kind === "list") return [domain.values[0], domain.values[domain.values.length - 1]].find((one) => one === value) ?? null;
  const { from, to, scale } = domain;
  if (typeof value !== "number") return null;
  const at = scale === "linear" ? (value - from) / (to - from) : math.ln(value / from) / math.ln(to / from);
  return at <= NEAR_END ? from : at >= 1 - NEAR_END ? to : null;
}

/** Do trials that differ in this parameter alone have equal objectives? Only a whole grid can tell, and only where some of them can be compared. */
function hasNoEffect(tuning: Tuning, losses: readonly Losses[], parameter: number): boolean {
  if (!isCompleteGrid(tuning)) return false;
  const lines = new Map<number, NonNullable<Losses>[]>();
  for (const [at, own] of losses.entries()) {
    const first = trialAt(tuning, levelsOf(tuning, at).with(parameter, 0));
    if (own === null || first === undefined) continue;
    lines.set(first, [...(lines.get(first) ?? []), own]);
  }
  const compared = [...lines.values()].filter((line) => line.length > 1);
  return compared.length > 0 && compared.every(([first, ...others]) => others.every((own) => own.every((loss, k) => loss === first[k])));
}

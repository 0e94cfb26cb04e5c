import { ruleLabel } from "../../../engine/index.js";
import { multiplierEffect, type RunRules, sharesOwnPots } from "../../rules.js";
import { gateBy, hasFactor, keeps, keptBy, stageTitle } from "../../stage-step.js";
import { stagePath } from "../stage-path.js";
import { exactRao, exactShare, roundToRao } from "./exact-amounts.js";
import type { RunColumns } from "./run-columns.js";

/** A part of what a miner was paid over a run. */
export interface PayPart {
  /** `base_weight`, `multiplier`, `stage.2.curve`, `others.multiplier`, `others.stage.1`, `rounding`, ... */
  readonly term: string;
  /** Where the scenario states the stage that it is of: `stages.1`; null: of no stage. */
  readonly path: string | null;
  /** Below 0 where it took something. */
  readonly amount_rao: bigint;
  readonly words: string;
}

/** Shares of a pot on the way from the base share to the pay, each with what led to it. */
interface Point {
  readonly term: string;
  readonly words: string;
  readonly share: number;
}

/** Of the part `rounding`. */
export const ROUNDING = "whole rao of each epoch's pot, by largest remainders";

type Columns = Omit<RunColumns, "hasWeight" | "epochs" | "recordedRao" | "otherRolesRao" | "stage" | "shadow" | "measured" | "spending">;

/** Of who has a share by its own factor alone, others as they were. */
export function byOwnFactor(share: number, factor: number): number {
  const own = share * factor;
  return own > 0 ? own / (own + (1 - share)) : 0;
}

/**
 * What the pay of one miner is made of, epoch by epoch in the order of the list, each with its holdings as they were. Parts are summed
 * exactly, and become whole rao once, at the end: so each is less than a rao from what it is.
 */
export class PayParts {
  readonly #parts = new Map<string, { words: string; exact: bigint }>();
  readonly #applies: boolean;
  /** Epochs whose stages were not recorded. */
  missing = 0;

  /** @param hasWeights were weights recorded? Otherwise it is not known what decided its pay */
  constructor(
    private readonly rules: RunRules,
    private readonly hasWeights = true,
  ) {
    this.#applies = rules.stages !== null && multiplierEffect(rules) === "applied";
  }

  /** Takes an epoch: parts that sum to what was paid. */
  take(columns: Columns, epoch: number): void {
    const paid = columns.paidRao[epoch];
    const { rules } = this;
    const isReplayed = !sharesOwnPots(rules.beforeRule) && rules.emission.mode === "replay";
    if (columns.weighed[epoch] === 0 || isReplayed) {
      if (isReplayed || this.hasWeights) this.add("base_weight", "what base weights alone give", paid);
      else this.add("not_recorded", "base weights and what follows, together: not recorded (record.tables: weights)", paid);
      return;
    }
    const pot = BigInt(columns.potRao[epoch]);
    let before = 0n;
    for (const { term, words, share } of this.#points(columns, epoch)) {
      const exact = pot * exactShare(share);
      this.addExact(term, words, exact - before);
      before = exact;
    }
    this.addExact("rounding", ROUNDING, exactRao(paid) - before);
  }

  add(term: string, words: string, rao: number): void {
    this.addExact(term, words, exactRao(rao));
  }

  /** @param exact as `exactShare` and `exactRao` count; of an epoch they sum to whole rao */
  addExact(term: string, words: string, exact: bigint): void {
    const part = this.#parts.get(term);
    if (part === undefined) this.#parts.set(term, { words, exact });
    else part.exact += exact;
  }

  /** In the order in which they came first, rounding last. */
  get all(): readonly PayPart[] {
    const rao = roundToRao([...this.#parts.values()].map(({ exact }) => exact));
    const parts = [...this.#parts].map(([term, { words }], at) => ({
      term,
      path: stagePath(term, this.rules.stagesStated),
      words,
      amount_rao: rao[at],
    }));
    return [...parts.filter(({ term }) => term !== "rounding"), ...parts.filter(({ term }) => term === "rounding")];
  }

  #points(columns: Columns, epoch: number): readonly Point[] {
    return this.#applies ? this.#listed(columns, epoch) : this.#multiplied(columns, epoch);
  }

  #multiplied({ base, baseSum, weightSum, factor, final, gain }: Columns, epoch: number): readonly Point[] {
    const { rules } = this;
    // Who is outside has no row; what it carries shows in the gain.
    const isHidden = rules.emission.outside !== null && !sharesOwnPots(rules.beforeRule) && gain[epoch] > 0 && final[epoch] > 0;
    const share = isHidden ? final[epoch] / gain[epoch] : baseSum[epoch] > 0 ? base[epoch] / baseSum[epoch] : 0;
    // What an index subnet records as final comes after its cap.
    const isIndex = rules.beforeRule === "rewards";
    const last = isIndex ? (weightSum[epoch] > 0 ? (base[epoch] * factor[epoch]) / weightSum[epoch] : 0) : final[epoch];
    return [
      { term: "base_weight", words: "what base weights alone give", share },
      { term: "multiplier", words: "its own multiplier, were others without", share: byOwnFactor(share, factor[epoch]) },
      { term: "others.multiplier", words: "multipliers of the others, which share the same pot", share: last },
    ];
  }

  #listed(columns: Columns, epoch: number): readonly Point[] {
    const list = this.rules.stages;
    const stages = list?.stages ?? [];
    const first = [...columns.stages].sort(([a], [b]) => a - b)[0]?.[1].before[epoch];
    const { base, baseSum, final } = columns;
    const begin = first ?? (baseSum[epoch] > 0 ? base[epoch] / baseSum[epoch] : 0);
    const isMissing = [...columns.stages.values()].some(({ before, after }) => Number.isNaN(before[epoch]) || Number.isNaN(after[epoch]));
    if (isMissing || (first === undefined && !stages.every(keeps))) {
      this.missing += 1;
      return [
        { term: "stages", words: "base weight and stages together: not recorded (record.stage_weights: every)", share: final[epoch] },
      ];
    }
    const points: Point[] = [{ term: "base_weight", words: "what base weights alone give", share: begin }];
    // Of what stages that keep leave of the pot, as the table has it; `kept` is what those so far in the list leave.
    let share = begin;
    let kept = 1;
    stages.forEach((one, index) => {
      const term = `stage.${index + 1}.${ruleLabel(one.stage)}`;
      const label = stageTitle({ name: ruleLabel(one.stage), variant: null, ...gateBy(one) });
      const add = (named: string, words: string, part: number) => points.push({ term: named, words, share: part * kept });
      if (keeps(one)) {
        kept *= keptBy(one) ?? 1;
        add(term, `stage ${index + 1}, ${label}: what it keeps of the pot`, share);
        return;
      }
      const row = columns.stages.get(index + 1);
      if (row === undefined) return;
      const after = row.after[epoch];
      if (!hasFactor(one) || list?.residual !== null) {
        add(term, `stage ${index + 1}, ${label}`, after);
      } else {
        add(term, `its own factor of stage ${index + 1}, ${label}`, byOwnFactor(share, row.factor[epoch]));
        add(`others.stage.${index + 1}`, `factors of the others in stage ${index + 1}`, after);
      }
      share = after;
    });
    return points;
  }
}

import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { abs, max } from "../kernel/math.js";
import { ruleLabel } from "../rules/plug-in.js";
import { RuleFault } from "../rules/rule-fault.js";
import { isAbsent } from "../rules/stages/absent-stage.js";
import { ceilingInList } from "../rules/stages/bound-factor.js";
import { type StageFacts, stageOf } from "../rules/stages/index.js";
import type { BoundFactorStage } from "../rules/stages/stage.js";
import type { StageConfiguration } from "../rules/stages/stage-configuration.js";
import { type Bound, boundStages } from "./bound-stages.js";
import type { OtherAnswer } from "./other-answer.js";
import { cutSmallest, ROUNDING, sumOf } from "./relative-weights.js";
import { innerList } from "./stage-list.js";
import type { StageWatch, WatchedStage } from "./watched-stage.js";

type Told = Pick<OtherAnswer, "at" | "of" | "was" | "is" | "counts">;

/** A figure of a stage in the two lists. */
interface Two {
  readonly at: number;
  readonly was: number;
  readonly is: number;
}

/** Stages that give out everything by what weights are to each other: what these are measured against before does not matter to them. */
const SHARES_ALL: ReadonlySet<string> = new Set(["curve", "pools", "budget"]);

/** Stages of another list beside those of a running one, on one subnet. */
export class OtherWatch implements StageWatch {
  /** By place; null: it is no other one, or keeps. */
  private readonly others: (Bound | null)[];
  /** Those of the running list once more, where bonuses behind another stage have to be asked. */
  private readonly again: readonly (Bound | null)[];
  private readonly kept: readonly Two[];
  /** Are shares normalised in one of the lists alone? */
  private readonly isNormalised: boolean;
  private factor = new Float64Array(256);
  private weight = new Float64Array(256);
  /** Place of the stage that withholds otherwise from a miner, -1: none; and whether the other one does. */
  private withheldBy = new Int32Array(256);
  private withholds = new Uint8Array(256);
  /** What weights are relative to before the stage that runs. */
  private ceilingGiven = 1;
  /** Ceilings that differ since weights were given out last. */
  private ceilings: Two[] = [];

  constructor(
    private readonly lists: {
      readonly running: StageListConfiguration;
      readonly other: StageListConfiguration;
      readonly places: ReadonlySet<number>;
    },
    private readonly tell: (miner: number, answer: Told) => void,
  ) {
    const { running, other, places } = lists;
    this.isNormalised = (running.residual === null) !== (other.residual === null);
    // A pool has a list of its own, which goes by the residual, too.
    const asks = (one: StageConfiguration, at: number) => places.has(at) || (this.isNormalised && one.stage === "pools");
    // What all stages that keep leave of the pot is the run's: a budget pays out of that.
    const others = boundStages(other.stages, { ...running, residual: other.residual }, innerList);
    this.others = others.map((bound, at) => (asks(other.stages[at], at) ? bound : null));
    this.again = boundStages(running.stages, running, innerList);
    this.kept = running.stages.flatMap((one, at) => {
      const [was, is] = [keptBy(one), keptBy(other.stages[at])].map((left) => left ?? 1);
      return was === is ? [] : [{ at, was: 1 - was, is: 1 - is }];
    });
  }

  begin({ count }: StageFacts): void {
    if (this.factor.length < count) {
      this.factor = new Float64Array(count * 2);
      this.weight = new Float64Array(count * 2);
      this.withheldBy = new Int32Array(count * 2);
      this.withholds = new Uint8Array(count * 2);
    }
    this.withheldBy.fill(-1, 0, count);
    this.ceilings = [];
  }

  given(stage: WatchedStage): void {
    const { at, bound, facts, before, weight, ceiling, withheld, base, outside } = stage;
    this.ceilingGiven = ceiling;
    if (bound.effect === "share" && bound.stage.keepsCeiling !== true && !this.givesAll(at)) {
      this.tellCeilings(before, facts.count);
      if (this.isNormalised) this.tellResidual(weight, ceiling, facts.count);
    }
    const other = this.others[at];
    if (other === null) return;
    try {
      if (bound.effect === "share" && other.effect === "factor") {
        // The other list has nothing there.
        this.weight.set(weight.subarray(0, facts.count));
      } else if (other.effect === "factor") {
        other.stage.begin?.(facts);
        for (let i = 0; i < facts.count; i++) {
          this.factor[i] = i === outside || (other.mayLack && withheld[i] === 1) ? 1 : other.stage.factor(facts, i, null);
        }
      } else {
        this.weight.set(weight.subarray(0, facts.count));
        other.stage.share(facts, before, this.weight, { base, withheld });
        cutSmallest(this.weight, facts.count);
      }
    } catch (error) {
      // A rule of a file that cannot take what this run gives it is asked no more.
      if (!(error instanceof RuleFault)) throw error;
      this.others[at] = null;
    }
  }

  made(stage: WatchedStage): void {
    const { at, bound, facts, before, factor, outside } = stage;
    const other = this.others[at];
    if (bound.effect === "factor") {
      if (bound.stage.isBonus === true) this.tellWithheld(stage);
      if (other?.effect === "share") this.tellShares(stage, true, other.stage.keepsCeiling === true);
      if (other?.effect !== "factor") return;
      for (let i = 0; i < facts.count; i++) {
        const [was, is] = [factor[i], this.factor[i]];
        if (was !== is) this.tell(i, { at, of: "factor", was, is, counts: before[i] > 0 });
      }
      this.noteWithheld(at, bound.stage, other.stage, facts);
      const [was, is] = [bound.stage, other.stage].map((one) => ceilingInList(one, outside !== -1));
      if (was !== is) this.ceilings.push({ at, was, is });
      return;
    }
    const keepsCeiling = bound.stage.keepsCeiling === true;
    if (!keepsCeiling) this.ceilings = [];
    if (other !== null) this.tellShares(stage, keepsCeiling, other.effect === "share" ? other.stage.keepsCeiling === true : true);
  }

  /** Shares that are others. @param keeps whether the stage of the run leaves what weights are relative to; and @param otherKeeps the other one */
  private tellShares({ at, facts, weight }: WatchedStage, keeps: boolean, otherKeeps: boolean): void {
    const { running, other, places } = this.lists;
    const [whole, otherWhole] = [
      { weights: weight, isKept: keeps },
      { weights: this.weight, isKept: otherKeeps },
    ].map(({ weights, isKept }) => {
      if (running.residual === null) return sumOf(weights, facts.count);
      return isKept ? this.ceilingGiven : 1;
    });
    const isSame = running.residual === null || whole === otherWhole;
    // Nothing, and a stage that changes nothing, write the same in other digits.
    const rounding = isAbsent(running.stages[at]) || isAbsent(other.stages[at]) ? ROUNDING : -1;
    for (let i = 0; i < facts.count; i++) {
      if (isSame && weight[i] === this.weight[i]) continue;
      const [was, is] = [whole > 0 ? weight[i] / whole : 0, otherWhole > 0 ? this.weight[i] / otherWhole : 0];
      if (abs(was - is) <= rounding * max(was, is)) continue;
      this.tell(i, places.has(at) ? { at, of: "share", was, is, counts: true } : RESIDUAL);
    }
  }

  ended(weight: Float64Array, ceiling: number, count: number): void {
    this.tellCeilings(weight, count);
    for (const one of this.kept) {
      for (let i = 0; i < count; i++) if (weight[i] > 0) this.tell(i, { ...one, of: "kept", counts: true });
    }
    if (this.lists.running.residual !== this.lists.other.residual) this.tellResidual(weight, ceiling, count);
  }

  private givesAll(at: number): boolean {
    return SHARES_ALL.has(ruleLabel(this.lists.running.stages[at].stage));
  }

  /** Bonuses behind a stage that withholds them in one of the lists alone. */
  private tellWithheld({ at, facts, before, factor }: WatchedStage): void {
    const own = this.again[at];
    if (own?.effect !== "factor") return;
    own.stage.begin?.(facts);
    for (let i = 0; i < facts.count; i++) {
      if (this.withheldBy[i] === -1) continue;
      const [was, is] = [factor[i], this.withholds[i] === 1 ? 1 : own.stage.factor(facts, i, null)];
      if (was !== is) this.tell(i, { at: this.withheldBy[i], of: "bonus", was, is, counts: before[i] > 0 });
    }
  }

  private noteWithheld(at: number, own: BoundFactorStage, other: BoundFactorStage, facts: StageFacts): void {
    if (own.withholds === undefined && other.withholds === undefined) return;
    for (let i = 0; i < facts.count; i++) {
      const [was, is] = [own, other].map((one) => one.withholds?.(facts, i) === true);
      if (was === is) continue;
      this.withheldBy[i] = at;
      this.withholds[i] = Number(is);
    }
  }

  private tellCeilings(weight: Float64Array, count: number): void {
    // Shares that are normalised are measured against nothing.
    if (this.lists.running.residual === null) return;
    for (const one of this.ceilings) {
      for (let i = 0; i < count; i++) if (weight[i] > 0) this.tell(i, { ...one, of: "ceiling", counts: true });
    }
  }

  /** What all together do not reach goes elsewhere, or is shared out; where they reach it, it does not matter where. */
  private tellResidual(weight: Float64Array, ceiling: number, count: number): void {
    if (!(1 - sumOf(weight, count) / ceiling >= ROUNDING)) return;
    for (let i = 0; i < count; i++) this.tell(i, weight[i] > 0 ? RESIDUAL : { ...RESIDUAL, counts: false });
  }
}

const RESIDUAL: Told = { at: -1, of: "residual", was: 0, is: 0, counts: true };

function keptBy({ stage, parameters }: StageConfiguration): number | null {
  const declared = stageOf(stage);
  return declared.effect === "keep" ? declared.bind(parameters as never) : null;
}

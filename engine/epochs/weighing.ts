import type { RunConfiguration } from "../configuration/run-configuration.js";
import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import type { RedistributionConfiguration } from "../configuration/vesting-configuration.js";
import { Fraction } from "../kernel/decimal.js";
import type { HeldMultipliers } from "../vesting/held-multipliers.js";
import { applyMultipliers, type FactorReaches } from "../vesting/weights.js";
import type { EpochSheet } from "./epoch-sheet.js";
import type { EpochSource } from "./epoch-source.js";
import type { ListRunner } from "./list-runner.js";

const PROPORTIONAL = { kind: "proportional" } as const;

/** What of a source of epochs decides how its weights become shares. */
export type RuleUse = Pick<EpochSource, "ruled" | "cutsUnmultiplied">;

/** From base weights to shares of a pot: by a scenario's list of stages, or by its short form, the multipliers of `vesting`. */
export class Weighing<Subnet> {
  private readonly stages: ListRunner<Subnet> | null;
  /** Do the list's, or the rule's, factors decide pay? */
  private readonly applies: boolean;
  private readonly shadows: boolean;
  private readonly redistribution: RedistributionConfiguration;
  /** Of the sheet that is weighed. */
  private member = new Int32Array(0);
  private shown = new Float64Array(0);

  constructor(
    { stages, vesting }: Pick<RunConfiguration, "stages" | "vesting">,
    private readonly multipliers: HeldMultipliers,
    runnerOf: (stages: StageListConfiguration) => ListRunner<Subnet>,
  ) {
    this.stages = stages === null || vesting.mode === "off" ? null : runnerOf(stages);
    this.applies = vesting.mode === "on";
    this.shadows = vesting.mode === "shadow";
    this.redistribution = vesting.redistribution;
  }

  /** Is there a list of stages? */
  get lists(): boolean {
    return this.stages !== null;
  }

  /** Does it decide pay? In shadow mode it is only computed. */
  get listApplies(): boolean {
    return this.stages !== null && this.applies;
  }

  /** Fills in factors and shares of the pot: those by which is paid, and those that the rule gives, applied or not. */
  weigh(subnet: Subnet, sheet: EpochSheet, source: RuleUse): void {
    const { factor, shown, member, miners } = sheet;
    const answers = this.multipliers.measured.factor;
    const applies = this.applies && source.ruled;
    for (let k = 0; k < miners; k++) {
      const answer = answers[member[k]];
      shown[k] = answer;
      factor[k] = applies ? answer : 1;
    }
    if (this.stages !== null) this.runList(this.stages, subnet, sheet);
    if (sheet.listApplies) return;
    const { base, final, would } = sheet;
    this.member = member;
    this.shown = shown;
    // A threshold is part of the rule: in shadow mode, and with vesting off, it takes nothing.
    const redistribution = applies ? this.redistributionOf(factor, miners, source) : PROPORTIONAL;
    applyMultipliers(base, factor, miners + 1, redistribution, final, applies ? this.reaches : undefined);
    final.fill(0, miners + 1, sheet.count);
    if (this.stages !== null) return;
    sheet.ruled = final;
    if (!this.shadows || !source.ruled) return;
    applyMultipliers(base, shown, miners + 1, this.redistributionOf(shown, miners, source), would, this.reaches);
    sheet.ruled = would;
  }

  /** Shares by the list of stages, and the product of the factors that each met. */
  private runList(stages: ListRunner<Subnet>, subnet: Subnet, sheet: EpochSheet): void {
    const { miners, shown, factor } = sheet;
    const isOutside = sheet.base[miners] > 0;
    const list = stages.run(subnet, sheet, isOutside);
    const shares = sheet.listApplies ? sheet.final : sheet.would;
    for (let k = 0; k < miners; k++) {
      shares[k] = list.shares[k];
      shown[k] = list.product[k];
      if (sheet.listApplies) factor[k] = list.product[k];
    }
    shares[miners] = isOutside ? list.shares[miners] : 0;
    shares.set(list.rest, miners + 1);
    sheet.ruled = shares;
    sheet.kept = list.kept;
  }

  private redistributionOf(factor: Float64Array, miners: number, source: RuleUse): RedistributionConfiguration {
    return source.cutsUnmultiplied || differs(factor, miners) ? this.redistribution : PROPORTIONAL;
  }

  /** Is what the rule answers for a miner at least a limit? */
  private readonly reaches: FactorReaches = (k, limit) => {
    const { multipliers, member, shown } = this;
    const i = member[k];
    // Who is outside, or below the minimum and cut, has a number that no rule computed.
    const isAnswer = i !== -1 && shown[k] === multipliers.measured.multiplier[i];
    return isAnswer ? multipliers.reaches(i, limit) : Fraction.decimal(shown[k]).compare(limit) >= 0;
  };
}

function differs(factor: Float64Array, miners: number): boolean {
  for (let k = 0; k < miners; k++) if (factor[k] !== 1) return true;
  return false;
}

import type { Subnet } from "../books/subnet.js";
import type { RunConfiguration } from "../configuration/run-configuration.js";
import { asksPrice } from "../rules/stages/bound-factor.js";

/** Epochs that were measured before a subnet had any price, in a run whose rules have limits in TAO: nobody reaches these there. */
export class UnpricedEpochs {
  /** What of the scenario is in TAO, as it is named there. */
  readonly limits: readonly string[];
  /** How many, by subnet. */
  readonly count = new Map<Subnet, number>();

  constructor(configuration: RunConfiguration) {
    this.limits = limitsInTao(configuration);
  }

  /** Takes an epoch that closes, of a subnet on which anybody has a position. */
  take(subnet: Subnet): void {
    if (this.limits.length === 0 || subnet.priceTaoPerAlpha > 0) return;
    this.count.set(subnet, (this.count.get(subnet) ?? 0) + 1);
  }
}

function limitsInTao({ vesting, stages, emission: { recordedRule } }: RunConfiguration): readonly string[] {
  const isTao = (rule: typeof recordedRule) => rule !== null && rule.minimumStakeUnit === "tao" && rule.minimumStakeRao > 0;
  const recorded = isTao(recordedRule) ? ["emission.recorded_rule.minimum_stake"] : [];
  if (vesting.mode === "off") return recorded;
  if (stages === null) return [...(isTao(vesting) ? ["vesting.minimum_stake"] : []), ...recorded];
  const gates = stages.stages.flatMap((one, at) => (one.stage === "gate" && asksPrice(one) ? [`at_least of stage ${at + 1}, gate`] : []));
  return [...gates, ...recorded];
}

import type { Outputs } from "../books/outputs.js";
import type { Subnet } from "../books/subnet.js";
import type { KeyedYuma, YumaOutcome } from "../yuma/keyed-yuma.js";
import type { EpochTrace } from "./epoch-trace.js";

/** Who took part in an epoch of Yuma, in the order of its rows. */
export interface YumaSeated {
  /** Hotkeys, or names of who has none. */
  readonly validators: readonly string[];
  readonly miners: readonly string[];
  /** Whole rao, by validator. */
  readonly stakesRao: Float64Array;
}

/** Writes down what Yuma came to at the end of an epoch, and in the one that is explained every number of it. */
export class YumaRecords {
  constructor(
    private readonly outputs: Outputs,
    private readonly everyEpochs: number,
    private readonly trace: EpochTrace | null,
  ) {}

  /** The epoch of the subnet that ends. */
  write(subnet: Subnet, yuma: KeyedYuma, outcome: YumaOutcome, seated: () => YumaSeated): void {
    const { tables } = this.outputs;
    const { netuid } = subnet.configuration;
    const isTraced = this.trace?.isOf(netuid, subnet.epoch) === true;
    if (!isTraced && tables.yuma_miners === null && tables.yuma_validators === null) return;
    const { validators, miners, stakesRao } = seated();
    if (isTraced && this.trace !== null)
      this.trace.yuma = { validators, miners, stakesRao: stakesRao.slice(), ...yuma.pairs(), ...copyOf(outcome) };
    const at = { netuid, epoch: subnet.epoch };
    const isKept = subnet.epoch % this.everyEpochs === 0;
    if (tables.yuma_miners !== null) {
      if (!isKept) this.outputs.beginProvisional(tables.yuma_miners, netuid);
      for (const [j, hotkey] of miners.entries()) {
        const { prerank, consensus, rank, incentive } = outcome;
        const row = { prerank: prerank[j], consensus: consensus[j], rank: rank[j], incentive: incentive[j] };
        tables.yuma_miners.write({ ...at, hotkey, ...row });
      }
    }
    if (tables.yuma_validators === null) return;
    if (!isKept) this.outputs.beginProvisional(tables.yuma_validators, netuid);
    for (const [i, validator] of validators.entries()) {
      const { stake, validatorTrust, dividends } = outcome;
      const row = { stakeRao: stakesRao[i], stakeShare: stake[i], trust: validatorTrust[i], dividends: dividends[i] };
      tables.yuma_validators.write({ ...at, validator, ...row });
    }
  }
}

/** Arrays of an outcome are used again. */
function copyOf({ stake, prerank, consensus, rank, incentive, validatorTrust, dividends }: YumaOutcome): YumaOutcome {
  return {
    stake: stake.slice(),
    prerank: prerank.slice(),
    consensus: consensus.slice(),
    rank: rank.slice(),
    incentive: incentive.slice(),
    validatorTrust: validatorTrust.slice(),
    dividends: dividends.slice(),
  };
}

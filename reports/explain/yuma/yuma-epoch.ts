import type { WeightsConfiguration, YumaTrace } from "../../../engine/index.js";
import type { OpenRun } from "../../../recorders/index.js";
import type { EpochRow } from "../../reading/epochs.js";
import { readTableRows } from "../../reading/table-rows.js";

/** What Yuma made of a miner. */
export interface YumaMinerRow {
  readonly hotkey: string;
  readonly prerank: number;
  readonly consensus: number;
  readonly rank: number;
  readonly incentive: number;
}

/** What Yuma made of a validator. */
export interface YumaValidatorRow {
  readonly validator: string;
  readonly stake_rao: number;
  readonly stake_share: number;
  readonly trust: number;
  readonly dividends: number;
}

/** What is known of how Yuma made the base weights of an epoch. */
export interface YumaEpoch {
  readonly configuration: WeightsConfiguration;
  readonly miners: readonly YumaMinerRow[];
  readonly validators: readonly YumaValidatorRow[];
  /** Weights and bonds by pair, where they were traced. */
  readonly trace: YumaTrace | null;
}

/** From a trace, else from the tables that the run recorded; rows are none where there is neither. */
export async function readYumaEpoch(run: OpenRun, configuration: WeightsConfiguration, { netuid, epoch }: EpochRow): Promise<YumaEpoch> {
  const trace = run.trace?.isOf(netuid, epoch) === true ? run.trace.yuma : null;
  if (trace !== null) {
    const { prerank, consensus, rank, incentive, stakesRao, stake, validatorTrust, dividends } = trace;
    return {
      configuration,
      trace,
      miners: trace.miners.map((hotkey, j) => {
        return { hotkey, prerank: prerank[j], consensus: consensus[j], rank: rank[j], incentive: incentive[j] };
      }),
      validators: trace.validators.map((validator, i) => {
        return { validator, stake_rao: stakesRao[i], stake_share: stake[i], trust: validatorTrust[i], dividends: dividends[i] };
      }),
    };
  }
  const rowsOf = <Row extends object>(table: "yuma_miners" | "yuma_validators") =>
    run.tables.includes(table) ? readTableRows<Row>(run, table, { netuid, epoch }) : [];
  return {
    configuration,
    trace,
    miners: await rowsOf<YumaMinerRow>("yuma_miners"),
    validators: await rowsOf<YumaValidatorRow>("yuma_validators"),
  };
}

import { declareColumn, declareTable } from "./column.js";

const netuid = declareColumn({ name: "netuid", type: "int", unit: "", meaning: "Subnet." });
const epoch = declareColumn({ name: "epoch", type: "int", unit: "", meaning: "Number of the epoch on its subnet, from 1.", atLeast: 1 });
const share = <const N extends string>(name: N, meaning: string) =>
  declareColumn({ name, type: "real", unit: "0..1", meaning, atLeast: 0, atMost: 1 });

export const YUMA_MINERS_TABLE = declareTable({
  name: "yuma_miners",
  meaning: "What Yuma made of the weights that validators set, a row an epoch and miner that anybody rates.",
  columns: [
    netuid,
    epoch,
    declareColumn({ name: "hotkey", type: "text", unit: "", meaning: "Hotkey of the miner." }),
    share("prerank", "Mean of the weights that it was given, by stake, before anything is clipped."),
    share("consensus", "The most that a part `kappa` of the stake gives it; weights above it are clipped to it."),
    share("rank", "The same mean of what counts."),
    share("incentive", "Its rank as a share of all ranks: its base weight."),
  ],
});

export const YUMA_VALIDATORS_TABLE = declareTable({
  name: "yuma_validators",
  meaning: "What Yuma made of each validator in an epoch.",
  columns: [
    netuid,
    epoch,
    declareColumn({ name: "validator", type: "text", unit: "", meaning: "Hotkey of the validator; in a closed loop its name." }),
    declareColumn({ name: "stake_rao", type: "rao", unit: "rao", meaning: "Stake that it counts with." }),
    share("stake_share", "Of the stake of all validators."),
    share("trust", "What of its weights counts, as others do not clip it."),
    share("dividends", "What its bonds earn, as a share of what those of all validators do."),
  ],
});

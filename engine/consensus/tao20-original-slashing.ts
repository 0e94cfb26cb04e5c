import { HOUR_MS } from "../kernel/time.js";
import { type ConsensusConfiguration, DEFAULT_CONSENSUS } from "./configuration.js";

/**
 * Preset `tao20-original-slashing` (docs/explanation/presets.md): what the original TAO20 implementation does, its faults included.
 * Lower median per column, submissions and consensus persist, validators below the stake are judged too, a deviation is
 * slashed at every evaluation of the hour after it, nothing is critical, and reputation is kept as it keeps it.
 */
export const TAO20_ORIGINAL_SLASHING: ConsensusConfiguration = {
  consensus: {
    ...DEFAULT_CONSENSUS.consensus,
    method: "median",
    medianOfEven: "lower",
    agreement: 0,
    persistence: "latest",
    judged: "everyone",
  },
  severity: {
    ...DEFAULT_CONSENSUS.severity,
    slashesCounted: "ever",
    severeFromSlashesApplies: "where_nothing_else_does",
    worst: "severe",
    window: { kind: "time", ms: HOUR_MS },
  },
  slashing: { ...DEFAULT_CONSENSUS.slashing, evaluation: "all_in_window" },
  reputation: { ...DEFAULT_CONSENSUS.reputation, bookkeeping: "tao20_original" },
  status: { recoveryEpochs: null, suspendsShortStake: false, afterSlash: "by_last_slash" },
  attestations: DEFAULT_CONSENSUS.attestations,
};

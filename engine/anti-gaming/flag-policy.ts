import type { MinerStanding } from "../rewards/miner-standing.js";
import type { FlagKind, FlagPolicyName } from "../tables/vocabularies/flags.js";
import type { AntiGamingConfiguration } from "./configuration.js";
import type { FlagEvidence } from "./flags.js";

/** What a flag of a kind does. */
export function policyOf(kind: FlagKind, { onFlag, policies }: AntiGamingConfiguration): FlagPolicyName {
  return policies[kind] ?? onFlag;
}

/**
 * What an epoch's flags do to the standing of miners, which starts clear: `exclude` takes a miner out of the ranking,
 * `penalise` cuts its score once, however many flags, `record` does nothing.
 *
 * @param minerOf miner of each account, -1 where it is none; null: accounts are miners
 */
export function applyFlags(
  flags: readonly FlagEvidence[],
  configuration: AntiGamingConfiguration,
  standing: MinerStanding,
  minerOf: Int32Array | null = null,
): void {
  standing.clear();
  for (const { kind, subject } of flags) {
    const miner = minerOf === null ? subject : minerOf[subject];
    if (miner < 0) continue;
    const policy = policyOf(kind, configuration);
    if (policy === "exclude") standing.excluded[miner] = 1;
    else if (policy === "penalise") standing.factor[miner] = configuration.penaltyFactor;
  }
}

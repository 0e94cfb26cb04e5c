import { TenureError } from "../kernel/errors.js";
import { MAX_RAO } from "../kernel/money.js";
import { CONSENSUS_RANGES, requireThat, requireWithin } from "../kernel/ranges.js";
import { requireParameters } from "../rules/parameter.js";
import { SLASHING_RULES } from "../rules/slashing/index.js";
import type { ConsensusConfiguration } from "./configuration.js";

/**
 * Refuses rules that mean nothing, whoever built them.
 *
 * @param path of the section, e.g. `index.validators`
 * @throws TenureError `TEN-CONSENSUS-101` to `109`
 */
export function refuseConsensusConfiguration(configuration: ConsensusConfiguration, path: string): void {
  const { consensus, reputation, status, attestations } = configuration;
  const { minimumStakeRao, minimumSubmissions, agreement } = consensus;
  const { count, share, exactShare } = CONSENSUS_RANGES;
  requireThat(
    Number.isSafeInteger(minimumStakeRao) && minimumStakeRao >= 0,
    "TEN-CONSENSUS-101",
    `${path}.consensus.minimum_stake`,
    minimumStakeRao,
    `0 to ${MAX_RAO} rao`,
  );
  requireWithin(minimumSubmissions, count, "TEN-CONSENSUS-102", `${path}.consensus.minimum_submissions`);
  requireWithin(agreement, share, "TEN-CONSENSUS-103", `${path}.consensus.agreement`);
  refuseSeverity(configuration, `${path}.severity`);
  refuseSlashing(configuration, `${path}.slashing`);
  for (const [name, value] of [
    ["accuracy_weight", reputation.accuracyWeight],
    ["consistency_weight", reputation.consistencyWeight],
    ["reliability_weight", reputation.reliabilityWeight],
    ["slash_penalty", reputation.slashPenalty],
  ] as const) {
    requireWithin(value, share, "TEN-CONSENSUS-107", `${path}.reputation.${name}`);
  }
  const { fullReliabilitySubmissions } = reputation;
  requireWithin(fullReliabilitySubmissions, count, "TEN-CONSENSUS-107", `${path}.reputation.full_reliability_submissions`);
  const { recoveryEpochs } = status;
  if (recoveryEpochs !== null) requireWithin(recoveryEpochs, count, "TEN-CONSENSUS-108", `${path}.status.recovery_epochs`);
  requireWithin(attestations.tolerance, exactShare, "TEN-CONSENSUS-109", `${path}.attestations.tolerance`);
}

function refuseSeverity({ severity }: ConsensusConfiguration, path: string): void {
  for (const rule of SLASHING_RULES) {
    rule.refuse?.(severity as never, path);
    requireParameters(rule.parameters, severity, path);
  }
  const { window } = severity;
  if (window.kind === "epochs")
    requireWithin(window.epochs, CONSENSUS_RANGES.count, "TEN-CONSENSUS-105", `${path}.deviation_window_epochs`);
  else requireWithin(window.ms, CONSENSUS_RANGES.count, "TEN-CONSENSUS-105", `${path}.deviation_window`);
}

function refuseSlashing({ slashing }: ConsensusConfiguration, path: string): void {
  const { rates, appealDays, appeals, evaluation } = slashing;
  for (const severity of ["minor", "moderate", "severe", "critical"] as const) {
    requireWithin(rates[severity], CONSENSUS_RANGES.exactShare, "TEN-CONSENSUS-106", `${path}.rates.${severity}`);
  }
  requireWithin(appealDays, CONSENSUS_RANGES.appealDays, "TEN-CONSENSUS-106", `${path}.appeal_days`);
  if (appealDays === 0 && appeals.length > 0) {
    throw new TenureError({
      code: "TEN-CONSENSUS-110",
      what: "There are appeals, but slashes are taken at once.",
      place: { path: `${path}.appeals` },
      found: appeals.length,
      allowed: "none while appeal_days is 0",
      hint: "Set appeal_days to the time in which an appeal can be decided.",
    });
  }
  if (appealDays > 0 && evaluation === "all_in_window") {
    throw new TenureError({
      code: "TEN-CONSENSUS-111",
      what: "Slashes are held back, but every evaluation slashes for the same deviations again.",
      place: { path: `${path}.appeal_days` },
      found: appealDays,
      allowed: "0 with evaluation: all_in_window",
      hint: "Choose evaluation: each_deviation_once.",
    });
  }
}

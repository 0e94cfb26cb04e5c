export {
  NO_CONSENSUS_CAUSES,
  type NoConsensusCause,
  SLASH_CAUSES,
  SLASH_STATES,
  type SlashCause,
  type SlashState,
  STANDINGS,
  STATUSES,
  type Standing,
  type Status,
} from "../tables/vocabularies/consensus.js";
export { columnMedians } from "./column-medians.js";
export * from "./configuration.js";
export { refuseConsensusConfiguration } from "./configuration-checks.js";
export { deviationOf } from "./deviation.js";
export * from "./nav-attestation.js";
export { type ConsensusResult, reachConsensus } from "./reach-consensus.js";
export { Reputation } from "./reputation.js";
export type { ConsensusRow, SlashRow, SubmissionRow, ValidatorRow } from "./rows.js";
export { type Judgement, severityOf, severityWithHistory } from "./severity.js";
export type { SignatureScheme } from "./signature-scheme.js";
export { type Offence, type Slash, Slashing, type TakeStake } from "./slashing.js";
export { ValidatorStatus } from "./status.js";
export type { Submission } from "./submission.js";
export { TAO20_ORIGINAL_SLASHING } from "./tao20-original-slashing.js";
export { type KnownValidator, Tribunal, type TribunalSurroundings, type Verdict } from "./tribunal.js";
export { ValidatorRoster } from "./validator-roster.js";
export { refuseValidators } from "./validators-checks.js";
export type { ColludingGroup, ValidatorConfiguration, ValidatorsConfiguration } from "./validators-configuration.js";

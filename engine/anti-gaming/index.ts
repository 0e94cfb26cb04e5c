export { AntiGamingMonitor } from "./anti-gaming-monitor.js";
export { behaviourClusters, type ClusterMember } from "./behaviour-clusters.js";
export { BehaviourFingerprints } from "./behaviour-fingerprints.js";
export { BoundaryStake } from "./boundary-stake.js";
export {
  type AntiGamingConfiguration,
  type ClusterConfiguration,
  DEFAULT_ANTI_GAMING,
  FLAG_POLICIES,
  type FlagPolicyName,
} from "./configuration.js";
export { refuseAntiGamingConfiguration } from "./configuration-checks.js";
export { applyFlags, policyOf } from "./flag-policy.js";
export { FLAG_KINDS, type FlagEvidence, type FlagKind } from "./flags.js";
export { OppositeOperations } from "./opposite-operations.js";
export { TransactionLimits } from "./transaction-limits.js";

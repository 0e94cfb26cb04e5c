import { requireParameters } from "../../rules/parameter.js";
import { refuseParticipantStrategy } from "./index.js";
import type { ParticipantConfiguration } from "./participant-configuration.js";
import { COST_PARAMETERS } from "./participant-costs.js";

/**
 * Refuses what no participant can act on.
 * @param path dotted path of the participant's section
 * @param epochMs length of the subnet's epochs
 * @throws TenureError TEN-AGENT-106, -107, and with the codes that the strategy declares
 */
export function refuseParticipantConfiguration(configuration: ParticipantConfiguration, path: string, epochMs: number): void {
  refuseParticipantStrategy(configuration.strategy, configuration, path, epochMs);
  requireParameters(COST_PARAMETERS, configuration, path);
}

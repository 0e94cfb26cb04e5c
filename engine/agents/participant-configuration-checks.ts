import { requireParameters } from "../rules/parameter.js";
import type { ParticipantConfiguration } from "./participant-configuration.js";
import { COST_PARAMETERS } from "./participant-costs.js";
import { refuseStrategy } from "./strategies/index.js";

/**
 * Refuses what no participant can act on.
 * @param path dotted path of the participant's section
 * @throws TenureError TEN-AGENT-106, -107, and with the codes that the strategy declares
 */
export function refuseParticipantConfiguration(configuration: ParticipantConfiguration, path = "index.participants"): void {
  refuseStrategy(configuration.strategy, configuration, path);
  requireParameters(COST_PARAMETERS, configuration, path);
}

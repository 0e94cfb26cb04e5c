/** What of this room loads at once: for commands that need no more. */
export { listShipped, listShippedScenarios, type ShippedScenario } from "./reading/shipped-scenarios.js";

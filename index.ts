/** Tenure as a library: the engine, scenarios, recorders, studies and reports. */
export type { RuleHelpers } from "./engine/index.js";
export * as engine from "./engine/index.js";
export * as recorders from "./recorders/index.js";
export * as reports from "./reports/index.js";
export * as scenarios from "./scenarios/index.js";
export * as studies from "./studies/index.js";

import type { Scenario } from "./scenario.js";

/** A part of a scenario that draws random numbers, in words: `stream peers`. */
type RandomPart = string;

/** Who declares that it draws; a new source of randomness is one line here. */
const DRAWING: readonly ((scenario: Scenario) => readonly RandomPart[])[] = [
  ({ streams }) => streams.flatMap(({ source, name }) => (source === "recorded" ? [] : [`stream ${name}`])),
  // Noise traders, participants, validators and their keys.
  ({ configuration }) => (configuration.index === null ? [] : ["index subnet"]),
  // Who acts first is drawn anew at each instant, whatever else is fixed.
  ({ configuration }) => (configuration.closedLoops.length === 0 ? [] : ["closed loop"]),
  // Strategies that come with Tenure draw nothing; those of files may.
  ({ configuration }) => (configuration.handedOver.some(({ strategy }) => strategy.kind === "plug_in") ? ["handed-over positions"] : []),
];

/**
 * What of a scenario draws random numbers: of these alone another seed or replicate makes something else. Empty: recorded streams
 * under rules, the same in every replicate. Rules of files are given no random numbers.
 */
export function randomParts(scenario: Scenario): readonly RandomPart[] {
  return DRAWING.flatMap((parts) => parts(scenario));
}

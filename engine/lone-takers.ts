import type { World } from "./books/world.js";
import type { RowsRead } from "./rows-read.js";

/** From this share of all pots on it is told that they have a single taker. */
const TOLD_FROM_SHARE = 0.05;

/** Pots with one taker among others with several: most likely one epoch's pay that was told, or drawn on, at several instants. */
export function loneTakers({ configuration }: World, { epochs: { metrics } }: RowsRead): string[] {
  const { epochs, share } = metrics.lone;
  if (
    configuration.vesting.mode === "off" ||
    configuration.stages !== null ||
    configuration.emission.outside !== null ||
    share < TOLD_FROM_SHARE ||
    share === 1
  )
    return [];
  const told = `${(share * 100).toFixed(1)} % of what was shared came in epochs with a single taker (${epochs} of ${metrics.epochs}): the rule moves nothing of it, and pot moved and changes are smaller by that.`;
  if (configuration.epochs === "tempo") return [told];
  return [
    `${told} An epoch ends at every instant that pays, and where balances tell pay, a withdrawal that takes what was earned since the last balance pays it then and there. epochs: tempo, with subnet.tempo as long as balances lie apart, shares together what was earned together.`,
  ];
}

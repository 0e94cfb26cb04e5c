import { drawAmount, memberNames } from "../../agents/amount-range.js";
import { collusionOf } from "../../agents/miners/index.js";
import { bindRating, type RatingAgent, ratingStrategyNamed } from "../../agents/validators/rating/index.js";
import type { World } from "../../books/world.js";
import type { RandomStream } from "../../kernel/random.js";
import { normalDeviates } from "../../market/price-models/index.js";
import type { ClosedLoopConfiguration, RatingGroup } from "./configuration.js";
import type { KeyWithSeat } from "./key-ring.js";
import type { SkilledMiner } from "./skilled-miner.js";

/** One who rates seats. */
export interface Validator {
  readonly group: RatingGroup;
  readonly stakeRao: number;
  readonly agent: RatingAgent;
}

/**
 * Draws the validators of all groups, in the order of the scenario. Each has a random stream of its own for its stake, and one for each
 * hotkey that it looks at: one validator or one miner more changes nothing for the others.
 * @param seatAt the seats that are rated now
 */
export function drawValidators(
  configuration: ClosedLoopConfiguration,
  { addresses }: World,
  random: (name: string) => RandomStream,
  seatAt: (seat: number) => KeyWithSeat<SkilledMiner>,
): Validator[] {
  return configuration.validators.flatMap((group) => {
    const boosts = boostsBy(group, configuration);
    const favour = (seat: number): number => boosts.get(seatAt(seat).miner.group.name) ?? 1;
    return memberNames(group).map((name) => {
      const draw = (what: string): RandomStream => random(`closed_loop/validators/${name}/${what}`);
      const errors = new Map<number, () => number>();
      const deviate = (hotkey: number): number => {
        let next = errors.get(hotkey);
        if (next === undefined) {
          next = normalDeviates(draw(`observation/${addresses.nameOf(hotkey)}`));
          errors.set(hotkey, next);
        }
        return next();
      };
      const stakeRao = drawAmount(group.stake, draw("stake"));
      return { group, stakeRao, agent: bindRating(group.behaviour, { deviate, favour }) };
    });
  });
}

/** How many times what they see a group of validators rates each group of miners that colludes with it, by name. */
function boostsBy({ name, behaviour }: RatingGroup, { miners }: ClosedLoopConfiguration): ReadonlyMap<string, number> {
  const boosts = new Map<string, number>();
  if (ratingStrategyNamed(behaviour.kind).colludes !== true) return boosts;
  for (const group of miners) {
    const collusion = collusionOf(group.strategy);
    if (collusion !== null && (collusion.validators ?? name) === name) boosts.set(group.name, collusion.boost);
  }
  return boosts;
}

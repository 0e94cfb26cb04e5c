import { drawAmount, memberNames } from "../../agents/amount-range.js";
import { bindMiner, minerKeys } from "../../agents/miners/index.js";
import type { World } from "../../books/world.js";
import { exp, floor, ln, max } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import type { ClosedLoopConfiguration, RealRange } from "./configuration.js";
import { Skill } from "./skill.js";
import { SkilledMiner } from "./skilled-miner.js";

/**
 * Draws the members of all groups, in the order of the scenario. Whatever is drawn for a member has a random stream of its own, so that
 * one more member, or one more thing to draw, changes nothing for the others.
 */
export function drawPopulation(
  configuration: ClosedLoopConfiguration,
  world: World,
  random: (name: string) => RandomStream,
): SkilledMiner[] {
  const { accounts, addresses } = world;
  const { startMs } = world.configuration;
  const miners: SkilledMiner[] = [];
  for (const [number, group] of configuration.miners.entries()) {
    const { strategy, skill, tao, stake, arrivesAfter } = group;
    const keys = minerKeys(strategy);
    for (const name of memberNames(group)) {
      const draw = (what: string): RandomStream => random(`closed_loop/${name}/${what}`);
      const mean = drawReal(skill, draw("skill-mean"));
      const { fromMs, toMs } = arrivesAfter;
      const arrivesMs = startMs + (fromMs === toMs ? fromMs : fromMs + floor(draw("arrival")() * (toMs - fromMs + 1)));
      const agent = bindMiner(strategy, { random: draw("decisions"), keys });
      const account = accounts.open(`${configuration.netuid}/${name}`);
      const miner = new SkilledMiner(
        miners.length,
        name,
        group,
        number,
        addresses.intern(name),
        account,
        agent,
        new Skill(mean, configuration.skill, draw("skill")),
        arrivesMs,
        keys,
      );
      miner.taoStartRao = drawAmount(tao, draw("tao"));
      miner.stakeStartRao = drawAmount(stake, draw("stake"));
      miners.push(miner);
    }
  }
  world.agents = max(world.agents, miners.length);
  return miners;
}

function drawReal({ from, to }: RealRange, random: RandomStream): number {
  return from === to ? from : from * exp(random() * ln(to / from));
}

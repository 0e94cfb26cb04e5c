import { DAY_MS, instantText } from "../../engine/index.js";
import { amountDigits, amountTokens } from "../schema/amount.js";
import { durationText } from "../schema/duration.js";
import type { CalibratedEmission, CalibratedMiner, CalibratedOthers, CalibratedWorld } from "./calibrated-world.js";
import { commentText, flowYaml } from "./flow-yaml.js";
import { pricesEndEarly } from "./observed-subnet.js";
import type { SellingStrategy } from "./selling-habit.js";
import type { SkillSpread } from "./skill-spread.js";

/** Seats of a subnet of the chain. */
const USUAL_CAPACITY = 256;

/** Letters of an address that are written down; those of the chain have 48. */
const MOST_ADDRESS = 80;

/** Where alpha trades in a calibrated scenario. */
export type CalibratedMarket =
  | { readonly kind: "prices" }
  | { readonly kind: "pool"; readonly taoReserveRao: number; readonly alphaReserveRao: number };

export interface CalibratedScenarioChoices {
  /** A name that a scenario can have. */
  readonly name: string;
  /** What was calibrated to, in words. */
  readonly source: string;
  readonly market: CalibratedMarket;
  readonly emission: CalibratedEmission;
  /** Entries of `streams`, plain data. */
  readonly streams: readonly unknown[];
  /** How the scenario is run. */
  readonly command: string;
}

/** The text of the scenario of a calibrated world: every figure with what it comes of. */
export function calibratedScenario(world: CalibratedWorld, choices: CalibratedScenarioChoices): string {
  const { observed, startMs, endMs, tempoBlocks, miners, others, spread } = world;
  const { netuid, epochEndsMs } = observed;
  const { name, source, command, streams, market } = choices;
  const hotkeys = miners.length + (others?.count ?? 0);
  const tables = market.kind === "pool" ? ["agents", "pools"] : ["agents"];
  const lines = [
    `# Made-up miners who are paid, are there and sell as those of subnet ${netuid} were recorded to: put a rule at the end, and see what`,
    "# they make of it. Written by `tenure scenarios calibrate`; how figures are estimated: docs/explanation/calibration.md",
    "#",
    `#   ${commentText(command)}`,
    "#",
    `# From: ${commentText(source)}, subnet ${netuid}, ${instantText(epochEndsMs[0])} to ${instantText(endMs)}: ${epochEndsMs.length} epochs that paid`,
    `# ${hotkeys} ${hotkeys === 1 ? "miner" : "miners"} ${amountDigits(world.paidRao)} alpha.`,
    ...limits(world).map((line) => `# ${line}`),
    "",
    `name: ${flowYaml(name)}`,
    `description: ${flowYaml(`Miners calibrated to subnet ${netuid} of ${source}.`)}`,
    "",
    "time:",
    `  start: ${instantText(startMs)} # an epoch before the first that was seen to end`,
    `  end: ${instantText(endMs)}`,
    "",
    "subnet:",
    `  netuid: ${netuid}`,
    `  tempo: ${tempoBlocks} # blocks of 12 s: the median time between epochs that paid`,
    `  capacity: ${hotkeys > USUAL_CAPACITY ? hotkeys : USUAL_CAPACITY} # room for all: nobody is pruned`,
    "",
    ...(streams.length === 0 ? [] : ["streams:", ...streams.map((stream) => `  - ${flowYaml(stream)}`), ""]),
    "closed_loop:",
    marketLine(world, market),
    emissionLine(world, choices.emission),
    `  skill: ${flowYaml({ half_life: halfLifeText(spread.halfLifeMs), deviation: spread.deviation })} # ${spreadWords(spread)}`,
    "  registration_cost: 0 # not recorded",
    "  # skill: percent of the pot, so that each is paid in all what it was recorded to be, luck aside; stake: what it held before its",
    "  # first pay. Behind each line: whom it stands for, what that was paid and sold, and how far its sales are from the strategy's",
    "  # in the mean over time, of all it sold.",
    "  miners:",
    ...miners.map(minerLine),
    ...(others === null ? [] : [othersLine(others)]),
    "",
    "vesting:",
    "  mode: off # paid by skill alone, as recorded. Put the rule to try out in its place: max_multiplier: 1.5, say",
    "",
    "record:",
    `  tables: ${flowYaml(tables)}`,
    "  every_epochs: 20",
  ];
  return `${lines.join("\n")}\n`;
}

/** What the recording shows and a closed loop has no words for. */
function limits({ miners, observed }: CalibratedWorld): string[] {
  const left = miners.filter(({ leftMs }) => leftMs !== null).length;
  const brought = observed.miners.reduce((sum, { broughtRao }) => sum + broughtRao, 0);
  const given = observed.miners.reduce((sum, { givenRao }) => sum + givenRao, 0);
  return [
    ...(left === 0
      ? []
      : [`Nobody leaves a closed loop: ${left} were not paid any more at the end, and are here to the end, for the same pay in all.`]),
    ...(brought === 0 ? [] : [`Nobody buys here: ${amountDigits(brought)} alpha that came to miners later is left out.`]),
    ...(given === 0
      ? []
      : [`Nobody gives away here: ${amountDigits(given)} alpha that miners transferred, moved, burned or lost is left out.`]),
  ];
}

function marketLine({ observed }: CalibratedWorld, market: CalibratedMarket): string {
  const { prices, epochEndsMs } = observed;
  if (market.kind === "prices") {
    const late = prices.firstMs > epochEndsMs[0] ? `; no sale is made before the first, ${instantText(prices.firstMs)}` : "";
    const early = pricesEndEarly(observed) ? `; sales after the last, ${instantText(prices.lastMs)}, are at that one` : "";
    return `  market: prices # the ${prices.count} that were recorded; no sale moves them${late}${early}`;
  }
  const reserves = { kind: "pool", tao_reserve: amountTokens(market.taoReserveRao), alpha_reserve: amountTokens(market.alphaReserveRao) };
  const price = prices.count === 0 ? "stated" : `stated; the first recorded price is ${prices.firstTao} TAO`;
  return `  market: ${flowYaml(reserves)} # ${price}`;
}

function emissionLine({ potRaoPerBlock, paidRao, blocks }: CalibratedWorld, emission: CalibratedEmission): string {
  if (emission === "recorded") return "  emission: recorded # what all miners were paid, when they were";
  const pot = flowYaml({ miner_pot_alpha_per_block: amountTokens(potRaoPerBlock) });
  return `  emission: ${pot} # ${amountDigits(paidRao)} alpha over ${blocks} blocks`;
}

/** In days, where it is one or more. */
function halfLifeText(halfLifeMs: number): string {
  return halfLifeMs >= DAY_MS ? `${halfLifeMs / DAY_MS} d` : durationText(halfLifeMs);
}

function spreadWords({ basis, lagEpochs, pairs }: SkillSpread): string {
  switch (basis) {
    case "estimated":
      return `from ${pairs} pairs of pays ${lagEpochs} ${lagEpochs === 1 ? "epoch" : "epochs"} apart, and pairs twice as far apart`;
    case "steady":
      return "shares of pay do not change from epoch to epoch";
    case "uncorrelated":
      return `a share of one epoch says nothing of the next (${pairs} pairs): a tenth of an epoch`;
    case "longer":
      return `shares wander on for as long as is recorded (${pairs} pairs): the half-life is that, and may be longer`;
    case "too_little":
      return "too few pays to say how shares change: they do not";
  }
}

function minerLine({ name, observed, paidRao, soldRao, skill, habit, arrivesAfterMs, leftMs }: CalibratedMiner): string {
  const group = {
    name,
    strategy: strategyOf(habit.strategy),
    skill,
    stake: amountTokens(observed.heldAtStartRao),
    ...(arrivesAfterMs === 0 ? {} : { arrives_after: durationText(arrivesAfterMs) }),
  };
  const uid = observed.uid < 0 ? "" : `uid ${observed.uid}, `;
  const sold = soldRao === 0 ? "sold nothing" : `sold ${amountDigits(soldRao)} (off by ${(habit.miss * 100).toFixed(2)} %)`;
  const left = leftMs === null ? "" : `; last paid ${instantText(leftMs)}`;
  const keys = `${addressText(observed.hotkey)} of ${addressText(observed.coldkey)}`;
  return `    - ${flowYaml(group)} # ${uid}${keys}: paid ${amountDigits(paidRao)}, ${sold}${left}`;
}

/** Made-up addresses may be of any length. */
function addressText(address: string): string {
  return commentText(address.length > MOST_ADDRESS ? `${address.slice(0, MOST_ADDRESS)}...` : address);
}

function othersLine({ name, count, paidRao, soldRao, skill, heldAtStartRao, soldShare, arrives }: CalibratedOthers): string {
  const group = {
    name,
    count,
    strategy: strategyOf(soldShare === 0 ? { kind: "hold" } : { kind: "sell_fraction", share: soldShare }),
    skill,
    stake: amountTokens(heldAtStartRao),
    ...(arrives.toMs === 0 ? {} : { arrives_after: { from: durationText(arrives.fromMs), to: durationText(arrives.toMs) } }),
  };
  return `    - ${flowYaml(group)} # those who were paid least, alike: paid ${amountDigits(paidRao)}, sold ${amountDigits(soldRao)}`;
}

/** As a scenario states it. */
function strategyOf(strategy: SellingStrategy): unknown {
  if (strategy.kind === "sell_fraction") return strategy;
  if (strategy.kind !== "sell_schedule") return strategy.kind;
  const { kind, everyMs, weekday, share } = strategy;
  const at = strategy.weekday === "any" ? {} : { weekday, at: durationText(strategy.atMs) };
  return { kind, every: durationText(everyMs), ...at, share };
}

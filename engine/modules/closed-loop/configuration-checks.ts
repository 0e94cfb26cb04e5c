import { type AmountRange, memberNames } from "../../agents/amount-range.js";
import { collusionOf, minerKeys, minerStrategyLabel, refuseMinerStrategy } from "../../agents/miners/index.js";
import { ratingStrategyNamed, refuseRatingStrategy } from "../../agents/validators/rating/index.js";
import { LARGEST_NETUID } from "../../books/accounts.js";
import type { RunConfiguration } from "../../configuration/run-configuration.js";
import { TenureError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { isRao, MAX_RAO } from "../../kernel/money.js";
import { isWhole, requireThat, requireWithin } from "../../kernel/ranges.js";
import { BLOCK_MS, DAY_MS } from "../../kernel/time.js";
import { refusePoolConfiguration } from "../../market/market-configuration-checks.js";
import type { ClosedLoopConfiguration, EmissionSchedule, MinerGroup } from "./configuration.js";

/** Members of one group. */
export const MOST_MINERS = 65_536;
/** Of a group's skill: with it the weights of all miners and their sum stay far from where doubles end. */
export const SKILL_RANGE = { atLeast: 1e-6, atMost: 1e6 } as const;
/** Of the logarithm of skill. */
export const SKILL_DEVIATION_RANGE = { atLeast: 0, atMost: 10 } as const;
export const PRIORITY_RANGE = { atLeast: 0, atMost: 1_000, whole: true } as const;
export const FEEDBACK_EXPONENT_RANGE = { atLeast: 0, atMost: 10 } as const;
/** Share of the validators' stake that has to support a weight. */
export const KAPPA_RANGE = { above: 0, atMost: 1 } as const;
/** Members of one group of validators. */
export const MOST_VALIDATORS = 4_096;
const LONGEST_MS = 36_525 * DAY_MS;

/**
 * Refuses a subnet of miners who decide that no scenario can mean.
 * @param worlds how many such subnets there are in the run, which begin alike
 * @throws TenureError TEN-LOOP-101 to -106, -108 to -110, and as the checks of the parts
 */
export function refuseClosedLoop(run: RunConfiguration, loop: ClosedLoopConfiguration, path = "closed_loop", worlds = 1): void {
  const { netuid, emission, market, skill, registrationCostRao } = loop;
  requireThat(isWhole(netuid, 0, LARGEST_NETUID), "TEN-LOOP-101", `${path}.netuid`, netuid, `whole numbers from 0 to ${LARGEST_NETUID}`);
  const { tempoBlocks, capacity } = run.subnets.find((one) => one.netuid === netuid) ?? run.subnetDefaults;
  const most = floor(MAX_RAO / tempoBlocks);
  if (emission.kind === "schedule") refuseSchedule(emission, most, path);
  requireThat(isRao(registrationCostRao), "TEN-LOOP-101", `${path}.registration_cost`, registrationCostRao, "whole rao");
  requireThat(
    skill.halfLifeMs >= BLOCK_MS && skill.halfLifeMs <= LONGEST_MS,
    "TEN-LOOP-101",
    `${path}.skill.half_life`,
    skill.halfLifeMs,
    "12 s or more",
  );
  requireWithin(skill.deviation, SKILL_DEVIATION_RANGE, "TEN-LOOP-101", `${path}.skill.deviation`);
  if (market.kind === "pool") {
    refusePoolConfiguration(market.pool, `${path}.market`);
    for (const [key, value] of [
      ["tao_reserve", market.taoReserveRao],
      ["alpha_reserve", market.alphaReserveRao],
    ] as const) {
      requireThat(isRao(value) && value > 0, "TEN-LOOP-102", `${path}.market.${key}`, value, "whole rao above 0");
    }
    const added = market.taoRaoPerBlock;
    requireThat(isRao(added) && added <= most, "TEN-LOOP-102", `${path}.market.tao_per_block`, added, `whole rao, ${MAX_RAO} an epoch`);
    if (market.feedback !== null) {
      const { halfLifeMs, exponent } = market.feedback;
      const at = `${path}.market.feedback`;
      requireThat(
        halfLifeMs >= BLOCK_MS && halfLifeMs <= LONGEST_MS,
        "TEN-LOOP-102",
        `${at}.half_life`,
        halfLifeMs,
        "12 s to a hundred years",
      );
      requireWithin(exponent, FEEDBACK_EXPONENT_RANGE, "TEN-LOOP-102", `${at}.exponent`);
    }
  }
  loop.miners.forEach((group, i) => {
    refuseGroup(group, `${path}.miners.${i}`, tempoBlocks * BLOCK_MS);
  });
  refuseBeginnings(loop, path, worlds);
  refuseNames(loop, path);
  refuseValidators(loop, path, tempoBlocks * BLOCK_MS);
  refuseCollusion(loop, path);
  refuseSurroundings(run);
  refuseSeats(loop, capacity, path);
}

/** @param most rao a block with which the pot of an epoch can be counted */
function refuseSchedule({ minerPotRaoPerBlock: pot, halvesEveryMs }: EmissionSchedule, most: number, path: string): void {
  requireThat(
    isRao(pot) && pot <= most,
    "TEN-LOOP-101",
    `${path}.emission.miner_pot_alpha_per_block`,
    pot,
    `whole rao, ${MAX_RAO} an epoch`,
  );
  if (halvesEveryMs !== null) {
    const allowed = "a day to a hundred years";
    requireThat(
      halvesEveryMs >= DAY_MS && halvesEveryMs <= LONGEST_MS,
      "TEN-LOOP-101",
      `${path}.emission.halves_every`,
      halvesEveryMs,
      allowed,
    );
  }
}

function refuseGroup(group: MinerGroup, path: string, epochMs: number): void {
  const { count, strategy, skill, stake, tao, priority, arrivesAfter } = group;
  requireThat(isWhole(count, 1, MOST_MINERS), "TEN-LOOP-103", `${path}.count`, count, `1 to ${MOST_MINERS}`);
  refuseMinerStrategy(strategy, `${path}.strategy`, epochMs);
  requireWithin(skill.from, SKILL_RANGE, "TEN-LOOP-103", `${path}.skill.from`);
  requireWithin(skill.to, SKILL_RANGE, "TEN-LOOP-103", `${path}.skill.to`);
  requireThat(skill.to >= skill.from, "TEN-LOOP-103", `${path}.skill.to`, skill.to, "at least `from`");
  refuseAmounts(stake, `${path}.stake`);
  refuseAmounts(tao, `${path}.tao`);
  requireWithin(priority, PRIORITY_RANGE, "TEN-LOOP-103", `${path}.priority`);
  const { fromMs, toMs } = arrivesAfter;
  requireThat(
    isWhole(fromMs, 0, LONGEST_MS) && isWhole(toMs, fromMs, LONGEST_MS),
    "TEN-LOOP-103",
    `${path}.arrives_after`,
    toMs,
    "`from` 0 or later, `to` not before it",
  );
}

/** What all begin with comes out of one account, and is counted exactly: TAO of all subnets, alpha of each. */
function refuseBeginnings({ miners, market }: ClosedLoopConfiguration, path: string, worlds: number): void {
  const isPool = market.kind === "pool";
  for (const [key, times, reserveRao] of [
    ["tao", worlds, isPool ? market.taoReserveRao : 0],
    ["stake", 1, isPool ? market.alphaReserveRao : 0],
  ] as const) {
    let mostRao = reserveRao * times;
    miners.forEach((group, i) => {
      mostRao += group.count * group[key].toRao * times;
      const unit = key === "tao" ? `TAO${worlds > 1 ? `, on ${worlds} subnets` : ""}` : "alpha";
      const allowed = `at most ${MAX_RAO} rao (9.007 million tokens) of ${unit} of all miners and the pool together`;
      requireThat(mostRao <= MAX_RAO, "TEN-LOOP-110", `${path}.miners.${i}.${key}`, mostRao, allowed);
    });
  }
}

/** The stake of all validators together is one sum that is counted exactly. */
function refuseValidators({ validators, kappa }: ClosedLoopConfiguration, path: string, epochMs: number): void {
  requireWithin(kappa, KAPPA_RANGE, "TEN-LOOP-108", `${path}.consensus.kappa`);
  let mostRao = 0;
  validators.forEach(({ count, stake, behaviour }, i) => {
    const at = `${path}.validators.${i}`;
    requireThat(isWhole(count, 1, MOST_VALIDATORS), "TEN-LOOP-108", `${at}.count`, count, `1 to ${MOST_VALIDATORS}`);
    const least = stake.fromRao === stake.toRao ? `${at}.stake` : `${at}.stake.from`;
    requireThat(isWhole(stake.fromRao, 1, MAX_RAO), "TEN-LOOP-108", least, stake.fromRao, "whole rao above 0");
    requireThat(isWhole(stake.toRao, stake.fromRao, MAX_RAO), "TEN-LOOP-108", `${at}.stake.to`, stake.toRao, "whole rao, not below from");
    refuseRatingStrategy(behaviour, `${at}.behaviour`, epochMs);
    mostRao += count * stake.toRao;
    requireThat(mostRao <= MAX_RAO, "TEN-LOOP-108", `${at}.stake`, mostRao, `at most ${MAX_RAO} rao of all validators together`);
  });
  const names = validators.flatMap(memberNames);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  requireThat(
    repeated === undefined,
    "TEN-LOOP-108",
    `${path}.validators`,
    repeated,
    "names that differ; members are called as their group",
  );
}

/** Miners can only collude with validators who do. */
function refuseCollusion({ miners, validators }: ClosedLoopConfiguration, path: string): void {
  const colluding = validators.filter(({ behaviour }) => ratingStrategyNamed(behaviour.kind).colludes === true).map(({ name }) => name);
  miners.forEach(({ strategy }, i) => {
    const collusion = collusionOf(strategy);
    if (collusion === null) return;
    const { validators: named } = collusion;
    if (named === null ? colluding.length > 0 : colluding.includes(named)) return;
    throw new TenureError({
      code: "TEN-LOOP-109",
      what: "There are no such validators to collude with.",
      place: { path: `${path}.miners.${i}.strategy${named === null ? "" : ".validators"}` },
      found: named ?? minerStrategyLabel(strategy),
      allowed: colluding.length === 0 ? "a strategy that colludes with nobody" : colluding.join(", "),
      hint: "Give a group of closed_loop.validators the behaviour colluder.",
    });
  });
}

/** Names of members must differ, so a group may not be called as the member of another. */
function refuseNames({ miners }: ClosedLoopConfiguration, path: string): void {
  const names = miners.flatMap(memberNames);
  requireThat(names.length > 0, "TEN-LOOP-104", `${path}.miners`, 0, "at least one miner");
  const seen = new Set<string>();
  for (const name of names) {
    requireThat(
      !seen.has(name),
      "TEN-LOOP-104",
      `${path}.miners`,
      name,
      "names that differ; members are called as their group, with a number",
    );
    seen.add(name);
  }
}

/** Who begins with the start has a seat from the start. */
function refuseSeats({ miners }: ClosedLoopConfiguration, capacity: number, path: string): void {
  let seats = 0;
  for (const { count, strategy, arrivesAfter } of miners) {
    if (arrivesAfter.toMs > 0) continue;
    seats += count * minerKeys(strategy);
  }
  requireThat(
    seats <= capacity,
    "TEN-LOOP-105",
    `${path}.miners`,
    seats,
    `at most ${capacity} hotkeys at the start, the subnet's capacity`,
  );
}

function refuseAmounts({ fromRao, toRao, spread }: AmountRange, path: string): void {
  const lowest = spread === "log_uniform" && fromRao !== toRao ? 1 : 0;
  requireThat(isWhole(fromRao, lowest, MAX_RAO), "TEN-LOOP-103", `${path}.from`, fromRao, `whole rao, ${lowest} or more`);
  requireThat(isWhole(toRao, fromRao, MAX_RAO), "TEN-LOOP-103", `${path}.to`, toRao, "whole rao, not below from");
}

/** What agents do is booked in the run alone, and at once. */
function refuseSurroundings({ schedules, endMs, epochs }: RunConfiguration): void {
  if (epochs !== "emission") {
    throw refusal("TEN-LOOP-106", "Miners who decide for themselves have epochs of their own, by the clock.", "epochs", epochs, "emission");
  }
  if (schedules !== null) {
    throw refusal("TEN-LOOP-106", "Who decides sells what is paid, and instalments are not there yet.", "schedules", "schedules", "none");
  }
  if (endMs === null) {
    const allowed = "time.end, or time.days";
    throw refusal("TEN-LOOP-106", "A run whose miners decide for themselves could go on for ever.", "time.end", null, allowed);
  }
}

function refusal(code: string, what: string, path: string, found: unknown, allowed: string): TenureError {
  return new TenureError({ code, what, place: { path }, found, allowed });
}

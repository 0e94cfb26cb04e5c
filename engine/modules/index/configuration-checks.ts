import { type AmountRange, memberNames } from "../../agents/amount-range.js";
import { refuseNoiseTraderConfiguration } from "../../agents/participants/noise/noise-trader.js";
import { refuseParticipantConfiguration } from "../../agents/participants/participant-configuration-checks.js";
import { refuseAntiGamingConfiguration } from "../../anti-gaming/configuration-checks.js";
import { LARGEST_NETUID } from "../../books/accounts.js";
import type { RunConfiguration } from "../../configuration/run-configuration.js";
import { refuseConsensusConfiguration } from "../../consensus/configuration-checks.js";
import { refuseValidators } from "../../consensus/validators-checks.js";
import { TenureError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { isRao, MAX_RAO } from "../../kernel/money.js";
import { isWhole, PARTICIPANT_RANGES, requireThat, requireWithin } from "../../kernel/ranges.js";
import { BLOCK_MS, DAY_MS } from "../../kernel/time.js";
import { refuseIndexWeights } from "../../market/index-weights.js";
import { refuseIndexFundConfiguration, refusePoolConfiguration, refusePriceShocks } from "../../market/market-configuration-checks.js";
import { refuseRewardsConfiguration } from "../../rewards/configuration-checks.js";
import { type IndexSubnetConfiguration, SHORTEST_EPOCH_MS } from "./configuration.js";

const MOST_MEMBERS = 10_000;
/** Uids of the largest subnet there can be. */
const MOST_SEATS = 65_536;
const RAO = `whole rao from 0 to ${MAX_RAO}`;

/**
 * Refuses an index subnet that no scenario can mean, section by section.
 *
 * @throws TenureError TEN-INDEX-101 to -109, and as the checks of the parts
 */
export function refuseIndexSubnet(configuration: RunConfiguration, index: IndexSubnetConfiguration, path = "index"): void {
  const { netuid, epochMs, emission, record } = index;
  refuseCrowd(index, path);
  requireThat(isWhole(netuid, 1, LARGEST_NETUID), "TEN-INDEX-101", `${path}.netuid`, netuid, `whole numbers from 1 to ${LARGEST_NETUID}`);
  requireThat(isWhole(epochMs, SHORTEST_EPOCH_MS, 365 * DAY_MS), "TEN-INDEX-101", `${path}.epoch`, epochMs, "12 seconds to a year");
  const pot = emission.potRaoPerBlock;
  const blocks = floor(epochMs / BLOCK_MS) + 1;
  requireThat(
    isRao(pot) && pot * blocks <= MAX_RAO,
    "TEN-INDEX-101",
    `${path}.emission.pot_per_block`,
    pot,
    `whole rao, ${MAX_RAO} an epoch`,
  );
  requireThat(
    isWhole(record.pricesEverySamples, 1, MAX_RAO),
    "TEN-INDEX-101",
    `${path}.record.prices_every_samples`,
    record.pricesEverySamples,
    "1 or more",
  );
  requireThat(
    isWhole(record.navEverySamples, 1, MAX_RAO),
    "TEN-INDEX-101",
    `${path}.record.nav_every_samples`,
    record.navEverySamples,
    "1 or more",
  );
  refuseIndexFundConfiguration(index.fund, `${path}.fund`);
  refuseFounding(index, `${path}.founding`);
  refuseMarket(index, `${path}.market`);
  refuseParticipants(index, `${path}.participants`);
  refuseValidatorGroups(index, path);
  refuseRewardsConfiguration(index.rewards, `${path}.rewards`);
  refuseAntiGamingConfiguration(index.antiGaming, `${path}.anti_gaming`);
  refuseConsensusConfiguration(index.consensus, `${path}.consensus`);
  refuseSurroundings(configuration, index, path);
}

/**
 * Refuses more members than a subnet can have uids, before any list of them is made.
 * @throws TenureError TEN-INDEX-109
 */
export function refuseCrowd(
  { participants, validators }: Pick<IndexSubnetConfiguration, "participants" | "validators">,
  path = "index",
): void {
  let members = 0;
  for (const { count } of [...participants, ...validators]) members += count;
  requireThat(members <= MOST_SEATS, "TEN-INDEX-109", path, members, `at most ${MOST_SEATS} participants and validators`);
}

function refuseFounding({ founding }: IndexSubnetConfiguration, path: string): void {
  requireThat(
    isRao(founding.supplyRao) && founding.supplyRao > 0,
    "TEN-INDEX-102",
    `${path}.supply`,
    founding.supplyRao,
    "whole rao above 0",
  );
  if (founding.source === "given") refuseIndexWeights(founding.weights, `${path}.weights`);
}

function refuseMarket({ market, shocks, gaps, epochMs }: IndexSubnetConfiguration, path: string): void {
  refusePriceShocks(shocks, "index.prices.shocks");
  gaps.forEach(({ fromMs, durationMs }, i) => {
    const at = `index.prices.gaps[${i}]`;
    requireThat(fromMs >= 0 && fromMs < MAX_RAO, "TEN-INDEX-103", `${at}.from`, fromMs, "an instant");
    requireThat(durationMs > 0 && durationMs < MAX_RAO, "TEN-INDEX-103", `${at}.duration`, durationMs, "a time above 0");
  });
  if (market.kind === "recorded") return;
  refusePoolConfiguration(market.pool, `${path}.pool`);
  const reserve = market.taoReserveRao;
  requireThat(isRao(reserve) && reserve > 0, "TEN-INDEX-103", `${path}.tao_reserve`, reserve, "whole rao above 0");
  const { noiseTraders } = market;
  if (noiseTraders === null) return;
  refuseNoiseTraderConfiguration(noiseTraders.configuration, `${path}.noise_traders`, epochMs);
  requireThat(
    isWhole(noiseTraders.count, 1, MOST_MEMBERS),
    "TEN-INDEX-104",
    `${path}.noise_traders.count`,
    noiseTraders.count,
    "1 to 10000",
  );
  refuseAmounts(noiseTraders.tao, `${path}.noise_traders.tao`);
  refuseAmounts(noiseTraders.tokens, `${path}.noise_traders.tokens`);
}

function refuseParticipants({ participants, epochMs }: IndexSubnetConfiguration, path: string): void {
  participants.forEach((group, i) => {
    const at = `${path}[${i}]`;
    requireThat(isWhole(group.count, 1, MOST_MEMBERS), "TEN-INDEX-104", `${at}.count`, group.count, "1 to 10000");
    refuseAmounts(group.tao, `${at}.tao`);
    refuseAmounts(group.tokens, `${at}.tokens`);
    if (group.transactionCost !== null) refuseAmounts(group.transactionCost, `${at}.transaction_cost`);
    refuseParticipantConfiguration(group.configuration, at, epochMs);
    requireWithin(group.withdrawnShare, PARTICIPANT_RANGES.withdrawnShare, "TEN-INDEX-105", `${at}.withdrawn_share`);
  });
  const names = participants.flatMap(memberNames);
  if (names.length === 0) refuseEmpty(path, "participants");
  refuseRepeats(names, path);
}

function refuseValidatorGroups(index: IndexSubnetConfiguration, path: string): void {
  index.validators.forEach(({ count, stake }, i) => {
    const at = `${path}.validators[${i}]`;
    requireThat(isWhole(count, 1, MOST_MEMBERS), "TEN-INDEX-104", `${at}.count`, count, "1 to 10000");
    refuseAmounts(stake, `${at}.stake`);
  });
  const validators = index.validators.flatMap((group) =>
    memberNames(group).map((name) => ({ name, stakeRao: group.stake.fromRao, behaviour: group.behaviour })),
  );
  const miners = index.participants.flatMap(memberNames);
  refuseValidators({ validators, colludingGroups: index.colludingGroups }, miners, index.consensus.slashing.appeals, path, index.epochMs);
  refuseRepeats([...miners, ...validators.map(({ name }) => name)], `${path}.validators`);
}

function refuseSurroundings(configuration: RunConfiguration, index: IndexSubnetConfiguration, path: string): void {
  if (configuration.epochs !== "emission") {
    throw new TenureError({
      code: "TEN-INDEX-107",
      what: "An index subnet has a clock of its own.",
      place: { path: "epochs" },
      found: configuration.epochs,
      allowed: "emission",
      hint: "Set index.epoch instead.",
    });
  }
  if (configuration.emission.mode !== "replay") {
    throw new TenureError({
      code: "TEN-INDEX-108",
      what: "The pay of an index subnet is simulated; there is no recorded pay to share anew.",
      place: { path: "emission.mode" },
      found: configuration.emission.mode,
      allowed: "replay",
      hint: "Set index.vesting_multipliers: true to apply vesting on top of the rewards.",
    });
  }
  const { capacity } = configuration.subnets.find(({ netuid }) => netuid === index.netuid) ?? configuration.subnetDefaults;
  const members = index.participants.flatMap(memberNames).length + index.validators.flatMap(memberNames).length;
  requireThat(members <= capacity, "TEN-INDEX-109", path, members, `at most ${capacity} participants and validators (subnet capacity)`);
}

function refuseAmounts({ fromRao, toRao, spread }: AmountRange, path: string): void {
  requireThat(isRao(fromRao), "TEN-INDEX-106", `${path}.from`, fromRao, RAO);
  requireThat(isRao(toRao) && toRao >= fromRao, "TEN-INDEX-106", `${path}.to`, toRao, `${RAO}, not below from`);
  const positive = spread === "uniform" || fromRao > 0 || toRao === 0;
  requireThat(positive, "TEN-INDEX-106", `${path}.from`, fromRao, "above 0 with spread: log_uniform");
}

function refuseEmpty(path: string, what: string): never {
  throw new TenureError({ code: "TEN-INDEX-104", what: `There are no ${what}.`, place: { path }, found: 0, allowed: "one or more" });
}

function refuseRepeats(names: readonly string[], path: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (name !== "" && !seen.has(name)) {
      seen.add(name);
      continue;
    }
    throw new TenureError({
      code: "TEN-INDEX-104",
      what: "A name is empty or given twice.",
      place: { path },
      found: name,
      allowed: "a name of its own for each participant and validator",
      hint: "The members of a group of several are called <name>-1, <name>-2, ...",
    });
  }
}

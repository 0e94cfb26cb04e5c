import type { Derivation } from "../../../reports/index.js";

// Works out pay once more from what derivations say, written from the pages docs/explanation/{multipliers,weights,stages,rewards,units}.md.

/** The value of a term of a derivation; missing ones are a mistake of the test. */
export function figure({ steps, hotkey }: Derivation, term: string): number {
  const step = steps.find((one) => one.term === term);
  if (step === undefined || step.value === null) throw new Error(`${hotkey} has no ${term}`);
  return Number(step.value);
}

export function textOf({ steps }: Derivation, term: string): string {
  return String(steps.find((one) => one.term === term)?.value);
}

export const hasTerm = ({ steps }: Derivation, term: string): boolean => steps.some((step) => step.term === term);

export function paidOf(derivation: Derivation): bigint {
  return BigInt(derivation.steps.at(-1)?.value ?? -1);
}

/** A pot in whole rao by float shares: quotas of 52 bits, rounded down, the rest to the largest remainders, ties to the first. */
export function shareOut(pot: bigint, shares: readonly number[]): bigint[] {
  const largest = Math.max(...shares);
  if (!(largest > 0)) return shares.map(() => 0n);
  const quotas = shares.map((share) => BigInt(Math.floor((share / largest) * 2 ** 52)));
  const whole = quotas.reduce((sum, quota) => sum + quota);
  const parts = quotas.map((quota) => ({ rao: (pot * quota) / whole, cut: (pot * quota) % whole }));
  let left = pot - parts.reduce((sum, { rao }) => sum + rao, 0n);
  for (const part of [...parts].sort((a, b) => (a.cut === b.cut ? 0 : a.cut > b.cut ? -1 : 1))) {
    if (left === 0n) break;
    part.rao += 1n;
    left -= 1n;
  }
  return parts.map(({ rao }) => rao);
}

function geometric(one: Derivation): number {
  const share = figure(one, "holdings.remaining") / figure(one, "holdings.received");
  const amount = Math.min(1, share / figure(one, "parameter.retention_target"));
  const time = Math.min(1, figure(one, "holdings.held_days") / figure(one, "parameter.retention_window_days"));
  return 1 + Math.sqrt(amount * time) * (figure(one, "parameter.max_multiplier") - 1);
}

/** Of a subnet under `vesting` with the rule geometric and proportional redistribution: from what each holds to the rao. */
export function vestingPay(all: readonly Derivation[]): bigint[] {
  const weights = all.map((one) => {
    const isAsked = figure(one, "holdings.received") > 0 && figure(one, "holdings.stake") >= figure(one, "parameter.minimum_stake");
    return figure(one, "weight.base") * (isAsked ? geometric(one) : 1);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  // Where nothing moves anybody's share, pay is as it was recorded.
  if (weights.every((weight, k) => weight === figure(all[k], "recorded.pay"))) return all.map((one) => BigInt(figure(one, "recorded.pay")));
  return shareOut(
    BigInt(figure(all[0], "pot.miners")),
    weights.map((weight) => weight / sum),
  );
}

/** Of a list of a geometric curve, ties shared evenly, and a burn: from base weights to the rao. */
export function curveAndBurnPay(all: readonly Derivation[]): bigint[] {
  const ratio = figure(all[0], "parameter.stage.1.ratio");
  const kept = 1 - figure(all[0], "parameter.stage.2.share");
  const order = [...all.keys()].sort((a, b) => figure(all[b], "weight.base_share") - figure(all[a], "weight.base_share"));
  let whole = 0;
  const weights = order.map((_, rank) => ratio ** rank);
  for (const weight of weights) whole += weight;
  const shares = new Array<number>(all.length).fill(0);
  order.forEach((k, rank) => {
    shares[k] = (weights[rank] / whole) * kept;
  });
  // The engine's own power of a number may differ in the last bit: what is printed must be near it, and give the rao exactly.
  const told = all.map((one) => figure(one, "weight.final"));
  shares.forEach((share, k) => {
    if (Math.abs(share - told[k]) > 1e-13) throw new Error(`${all[k].hotkey} has a share of ${told[k]}, by hand ${share}`);
  });
  return shareOut(BigInt(figure(all[0], "pot.miners")), [...told, 0, 1 - kept]).slice(0, all.length);
}

/** Of an index subnet without multipliers, base pool by volume: from what each did to the rao. Validators are left out. */
export function indexPay(all: readonly Derivation[], tierNames: readonly string[], tierShares: readonly number[]): bigint[] {
  const miners = all.filter((one) => hasTerm(one, "score.final"));
  const of = (term: string) => miners.map((one) => figure(one, term));
  const [minted, redeemed, transactions, consistency, standing] = [
    "activity.minted",
    "activity.redeemed",
    "activity.transactions",
    "score.consistency",
    "score.standing",
  ].map(of);
  const [first] = miners;
  const parameter = (name: string) => figure(first, `parameter.${name}`);
  const volumes = miners.map((_, k) => parameter("mint_multiplier") * minted[k] + parameter("redeem_multiplier") * redeemed[k]);
  const most = (values: readonly number[]) => Math.max(...values.map((value, k) => (standing[k] > 0 ? value : 0)));
  const over = (value: number, largest: number) => (largest > 0 ? value / largest : 0);
  const scores = miners.map((_, k) => {
    const [volume, frequency] = [over(volumes[k], most(volumes)), over(transactions[k], most(transactions))];
    const score =
      parameter("volume_weight") * volume + parameter("frequency_weight") * frequency + parameter("consistency_weight") * consistency[k];
    return standing[k] * score;
  });
  const ranks = of("rank.place");
  const ranked = ranks.filter((rank) => rank > 0).length;
  const [base, tierBonus, validators] = ["pools.base", "pools.tier_bonus", "pools.validators"].map(parameter);
  const [basePool, tierPool] = shareOut(BigInt(figure(first, "pot.emission")), [
    base,
    tierBonus,
    validators,
    Math.max(0, Math.round((1 - base - tierBonus - validators) * 1e9) / 1e9),
  ]);
  const tiers = miners.map(({ steps }) => steps.find(({ term }) => term === "tier.name")?.value);
  const tierPots = shareOut(tierPool, tierShares);
  let pot = basePool;
  const pay = miners.map(() => 0n);
  tierNames.forEach((name, tier) => {
    const inTier = scores.map((score, k) => (tiers[k] === name ? score : 0));
    if (!tiers.includes(name)) pot += tierPots[tier];
    shareOut(tierPots[tier], inTier).forEach((rao, k) => {
      pay[k] += rao;
    });
  });
  const byVolume = volumes.map((volume, k) => (ranks[k] > 0 ? standing[k] * volume : 0));
  if (ranked > 0) {
    shareOut(pot, byVolume).forEach((rao, k) => {
      pay[k] += rao;
    });
  }
  return pay;
}

/** Of the validators of an index subnet: from who took part in the last consensus, and the stake of each, to the rao. */
export function validatorPay(all: readonly Derivation[]): bigint[] {
  const weights = all.map((one) => {
    const isSound = textOf(one, "consensus.standing") === "counted" && textOf(one, "consensus.severity") === "none";
    const isHeard = hasTerm(one, "consensus.judged") && figure(one, "consensus.judged") === 1;
    return isSound && isHeard && textOf(one, "consensus.status") !== "suspended" ? figure(one, "holdings.stake") : 0;
  });
  return shareOut(BigInt(figure(all[0], "pot.validators")), weights);
}

import { instantText } from "../engine/index.js";
import type { CalibratedFit, CalibratedRecording, FitFigures, RunFit } from "../recorders/index.js";
import { pricesEndEarly, soldAfterPrices } from "../scenarios/index.js";

/** What a calibration came to, as `--json` prints it. */
export function calibrationReport({ world, name, data, market, warnings }: CalibratedRecording, fit: CalibratedFit | null, out: string) {
  const { observed, startMs, endMs, spread, miners, others, tempoBlocks } = world;
  return {
    out,
    name,
    data,
    netuid: observed.netuid,
    start: instantText(startMs),
    end: instantText(endMs),
    epochs: observed.epochEndsMs.length,
    tempo: tempoBlocks,
    market: market.kind,
    first_price: observed.prices.count === 0 ? null : instantText(observed.prices.firstMs),
    last_price: observed.prices.count === 0 ? null : instantText(observed.prices.lastMs),
    prices_end_early: market.kind === "prices" && pricesEndEarly(observed),
    sold_after_last_price_rao: String(market.kind === "prices" && pricesEndEarly(observed) ? soldAfterPrices(observed) : 0),
    sales_wait_for_price: market.kind === "prices" && observed.prices.firstMs > observed.epochEndsMs[0],
    skill: {
      deviation: spread.deviation,
      half_life_ms: spread.halfLifeMs,
      basis: spread.basis,
      lag_epochs: spread.lagEpochs,
      pairs: spread.pairs,
    },
    miners: miners.map(({ name: group, observed: miner, skill, habit, paidRao, soldRao, arrivesAfterMs, leftMs }) => ({
      name: group,
      hotkey: miner.hotkey,
      coldkey: miner.coldkey,
      uid: miner.uid,
      strategy: habit.strategy,
      miss: habit.miss,
      skill,
      paid_rao: String(paidRao),
      sold_rao: String(soldRao),
      held_at_start_rao: String(miner.heldAtStartRao),
      brought_rao: String(miner.broughtRao),
      given_rao: String(miner.givenRao),
      held_at_end_rao: String(miner.heldAtEndRao),
      arrives_after_ms: arrivesAfterMs,
      left: leftMs === null ? null : instantText(leftMs),
    })),
    others:
      others === null
        ? null
        : { count: others.count, paid_rao: String(others.paidRao), sold_rao: String(others.soldRao), sold_share: others.soldShare },
    fit:
      fit === null
        ? null
        : {
            recorded: figures(fit.recorded),
            simulated: runFigures(fit.simulated),
            without_luck: fit.withoutLuck === null ? null : runFigures(fit.withoutLuck),
          },
    warnings,
  };
}

export type CalibrationReport = ReturnType<typeof calibrationReport>;

function figures({ paidRao, payGini, soldShare, heldEndRao, priceEndTao }: FitFigures) {
  return { paid_rao: paidRao, pay_gini: payGini, sold_share: soldShare, held_end_rao: heldEndRao, price_end_tao: priceEndTao };
}

function runFigures(fit: RunFit) {
  return {
    ...figures(fit),
    largest_share_difference: fit.largestShareDifference,
    largest_at: fit.largestAt,
    pay_moved: fit.payMoved,
    largest_sold_difference: fit.largestSoldDifference,
    largest_sold_at: fit.largestSoldAt,
  };
}

import { z } from "zod";
import { type ChainConfiguration, ChainYuma, ONE, toU16 } from "../../../engine/yuma/index.js";
import { checker } from "../case.js";
import { near, same } from "../difference.js";

const number = z.number();
const params = z.object({
  kappaU16: number,
  bondsPenaltyU16: number,
  bondsMovingAveragePpm: number,
  yuma3: z.boolean(),
  liquidAlpha: z.boolean(),
  alphaLowU16: number.default(0),
  alphaHighU16: number.default(65_535),
  sigmoidSteepness: number.default(1000),
});
const rows = z.array(z.array(z.tuple([number, number])));
const weights = rows.nullable();

const facts = z.object({
  origin: z.literal("public test facts"),
  params,
  nodes: number,
  stakes: z.array(number),
  tolerance: number.default(0),
  epochs: z.array(
    z.object({
      epoch: number,
      weights,
      resetBondsOfUidBefore: number.optional(),
      expect: z.object({
        bondsU16Column: z.object({ miner: number, rows: z.array(number) }).optional(),
        dividends: z.array(number).optional(),
        bonds: z.array(z.array(number)).optional(),
      }),
    }),
  ),
});
const derived = z.object({
  origin: z.literal("derived"),
  params,
  validators: number,
  miners: number,
  epochs: z.array(
    z.object({
      epoch: number,
      stakes: z.array(number),
      weights,
      expected: z.object({
        consensusU16: z.array(number),
        incentiveU16: z.array(number),
        dividendsU16: z.array(number),
        validatorTrustU16: z.array(number),
        bondsU16: rows,
        serverShare: z.array(number),
        validatorShare: z.array(number),
      }),
    }),
  ),
});

/** Miners follow the validators of the public facts' Yuma 3 tests at this uid. */
const FIRST_MINER = 3;
/** Shares are printed with nine digits. */
const PRINTED = 6e-10;

/** Cases in the chain's own arithmetic. The file would allow two steps of the grid; nothing is off by any. */
export const checkYumaChain = checker(z.discriminatedUnion("origin", [facts, derived]), (one) => {
  if (one.origin === "derived") checkDerived(one);
  else checkFacts(one);
});

function checkDerived({ params, validators, miners, epochs }: z.output<typeof derived>): void {
  const chain = new ChainYuma(configurationOf(params), validators, miners);
  const set = new Float64Array(validators * miners);
  for (const { epoch, stakes, weights, expected } of epochs) {
    if (weights !== null) fill(set, weights, validators, miners, validators);
    chain.epoch(stakes, set);
    const at = (field: string) => `epoch ${epoch}: ${field}`;
    const { bonds } = chain.state;
    sameAll(at("consensusU16"), chain.consensus, expected.consensusU16, toU16);
    sameAll(at("incentiveU16"), chain.incentive, expected.incentiveU16, toU16);
    sameAll(at("dividendsU16"), chain.dividends, expected.dividendsU16, toU16);
    sameAll(at("validatorTrustU16"), chain.validatorTrust, expected.validatorTrustU16, toU16);
    const wanted = new Float64Array(validators * miners);
    expected.bondsU16.forEach((row, i) => {
      for (const [uid, bond] of row) wanted[(uid - validators) * validators + i] = bond;
    });
    sameAll(at("bondsU16"), bonds, [...wanted], (bond) => bond);
    closeAll(at("serverShare"), chain.serverShare, expected.serverShare, PRINTED);
    closeAll(at("validatorShare"), chain.validatorShare, expected.validatorShare, PRINTED);
  }
}

/** Every uid may be a validator and a miner. */
function checkFacts({ params, nodes, stakes, tolerance, epochs }: z.output<typeof facts>): void {
  const chain = new ChainYuma(configurationOf(params), nodes, nodes);
  const set = new Float64Array(nodes * nodes);
  for (const { epoch, weights, resetBondsOfUidBefore: reset, expect } of epochs) {
    if (weights !== null) fill(set, weights, nodes, nodes, 0);
    const { bonds } = chain.state;
    if (reset !== undefined) bonds.fill(0, reset * nodes, (reset + 1) * nodes);
    chain.epoch(stakes, set);
    const { bondsU16Column: column, dividends = [], bonds: rows = [] } = expect;
    for (const [i, bond] of column?.rows.entries() ?? [])
      same(`epoch ${epoch}: bonds[${i}]`, bonds[(column?.miner ?? 0) * nodes + i], bond);
    closeAll(`epoch ${epoch}: dividends`, chain.dividends, dividends, tolerance);
    for (const [i, row] of rows.entries()) {
      for (const [j, one] of row.entries()) {
        near(`epoch ${epoch}: bonds[${i}][${j}]`, bonds[(FIRST_MINER + j) * nodes + i] / 65_535, one, tolerance);
      }
    }
  }
}

/** As parts of 1. */
function closeAll(at: string, found: Float64Array, wanted: readonly number[], tolerance: number): void {
  for (const [i, one] of wanted.entries()) near(`${at}[${i}]`, found[i] / ONE, one, tolerance);
}

function configurationOf(given: z.output<typeof params>): ChainConfiguration {
  const { yuma3, liquidAlpha, alphaLowU16, alphaHighU16, sigmoidSteepness, ...others } = given;
  return {
    ...others,
    bonds: yuma3 ? "yuma3" : "original",
    liquidAlpha: liquidAlpha ? { alphaLowU16, alphaHighU16, sigmoidSteepness } : null,
  };
}

/** Rows of pairs (uid, u16); weights for oneself are dropped. */
function fill(set: Float64Array, given: z.output<typeof rows>, validators: number, miners: number, firstMiner: number): void {
  set.fill(-1);
  given.slice(0, validators).forEach((row, i) => {
    for (const [uid, weight] of row) if (uid !== i) set[i * miners + uid - firstMiner] = weight;
  });
}

function sameAll(at: string, found: Float64Array, wanted: readonly number[], as: (value: number) => number): void {
  same(`${at}.length`, found.length, wanted.length);
  for (const [i, value] of wanted.entries()) same(`${at}[${i}]`, as(found[i]), value);
}

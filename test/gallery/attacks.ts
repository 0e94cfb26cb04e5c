import { join } from "node:path";
import { parseScenario } from "../../scenarios/index.js";
import { ROOT } from "../e2e/tenure.js";
import { paidByHotkey, runOf } from "./gallery-run.js";

/**
 * An attack on a rule family, and what it is measured against: an honest miner of the same work in the same run, or in a run without the
 * attack.
 */
export interface Attack {
  readonly family: string;
  readonly attack: string;
  readonly scenario: object;
  /** Where the attack moves the pay of all: the same world, in which the attacker is honest. */
  readonly withoutIt?: object;
  readonly honest: readonly string[];
  readonly attacker: readonly string[];
}

/** What an attack came to: alpha paid over the run, and what its miners have gained at the end, TAO; 0 where none are simulated. */
export interface AttackResult {
  readonly honest: number;
  readonly attacker: number;
  readonly honestProfitTao: number;
  readonly attackerProfitTao: number;
}

const DAYS = { start: "2026-01-01T00:00:00Z", days: 30 };
const RECORD = { tables: ["holdings", "weights", "rewards", "residuals", "epochs", "positions", "agents"], every_epochs: 1 };
const peer = (miner: number) => `peers/miner-00${miner}`;
const SCORED = { weights: { from: "scores" }, emission: "redistribute" };

/** Miners of equal pay whose scores are stated. */
function scored(rows: readonly object[], stages: readonly object[], tempo = 7200): object {
  return {
    name: "attack",
    time: DAYS,
    subnet: { netuid: 30, tempo },
    streams: [
      { synthetic: "subnet", name: "peers", miners: 6, share_spread: 1, share_jitter: 0 },
      { synthetic: "scores", rows },
    ],
    ...SCORED,
    stages,
    record: RECORD,
  };
}

/** Miners of equal pay: one has the collateral all the time, one for two minutes a day, around the close. */
function backed(miners: number, [steady, brief]: readonly [string, string], stages: readonly object[], more: object = {}): object {
  return {
    name: "attack",
    time: DAYS,
    subnet: { netuid: 30, tempo: 7200 },
    streams: [
      { synthetic: "subnet", name: "peers", miners, share_spread: 1, share_jitter: 0 },
      {
        synthetic: "collateral",
        rows: [
          { hotkeys: [steady], amount: 10 },
          { after: "86340 s", every: "1 d", hotkeys: [brief], amount: 10 },
          { after: "86460 s", every: "1 d", hotkeys: [brief], amount: 0 },
        ],
      },
    ],
    emission: "redistribute",
    ...more,
    stages,
    record: RECORD,
  };
}

const BY_COLLATERAL = { gate: { by: "collateral", at_least: 10, below: "scale", power: 2 } };

const POOL = { kind: "pool", fee: 0.0005, tao_reserve: 20000, alpha_reserve: 400000, tao_per_block: 0.02 };

/** A closed loop: nine miners who hold, and two that are alike but for what they do: one holds, one attacks. */
function looped(strategy: object | string, stages: readonly object[], attacker: object = {}, { market = POOL, tempo = 1800 } = {}): object {
  return {
    name: "attack",
    time: DAYS,
    subnet: { netuid: 30, tempo },
    closed_loop: {
      market,
      skill: { half_life: "1 d", deviation: 0 },
      miners: [
        { name: "honest", count: 9, strategy: "hold", skill: 1, stake: 500, tao: 100, for_sale: true },
        { name: "twin", strategy: "hold", skill: 1, stake: 500, tao: 100, ...attacker },
        { name: "attacker", strategy, skill: 1, stake: 500, tao: 100, ...attacker },
      ],
    },
    stages,
    record: RECORD,
  };
}

/** A budget of about a fourth of the pot. @param depth of the pool; 1: as much alpha as two weeks pay out */
function pricedBudget(strategy: string, depth = 1): object {
  const market = { ...POOL, tao_reserve: 2000 * depth, alpha_reserve: 40000 * depth, tao_per_block: 0 };
  return looped(strategy, [{ budget: { per_epoch: 40, unit: "tao" } }, BURN], { stake: 8000 }, { market, tempo: 7200 });
}

const PENALTY = {
  selling_penalty: {
    steps: [
      { drop: 0.05, factor: 0.8, hours: 6 },
      { drop: 0.15, factor: 0.6, hours: 12 },
      { drop: 0.3, factor: 0.4, hours: 24 },
    ],
  },
};
const BURN = { residual: "burn" };
const others = (score: number) => ({ hotkeys: [1, 2, 3, 4, 5].map(peer), score });

/** Where the fee costs more than the lower price brings. */
export const IN_A_DEEP_POOL: Attack = {
  family: "priced-budget",
  attack: "the same in a pool that is ten times as deep",
  scenario: pricedBudget("price_push", 10),
  withoutIt: pricedBudget("hold", 10),
  honest: ["attacker"],
  attacker: ["attacker"],
};

export const ATTACKS: readonly Attack[] = [
  {
    family: "winner-takes-all",
    attack: "copy the best work and share its rank (`ties: average`)",
    scenario: scored(
      [
        { hotkeys: [peer(0), peer(1)], score: 2 },
        { hotkeys: [2, 3, 4, 5].map(peer), score: 1 },
      ],
      [{ curve: { kind: "winner" } }],
    ),
    honest: [peer(0)],
    attacker: [peer(1)],
  },
  {
    family: "softmax-windows",
    attack: "be good for three days in thirty, twice as good as the others",
    scenario: scored(
      [
        { hotkeys: [0, 1, 2, 3, 4, 5].map(peer), score: 1 },
        { after: "217 h", hotkeys: [peer(0)], score: 2 },
        { after: "289 h", hotkeys: [peer(0)], score: 1 },
      ],
      [
        {
          pools: [10, 3].map((epochs) => ({
            name: `days-${epochs}`,
            share: 0.5,
            members: "all",
            stages: [{ smooth: { kind: "window", epochs } }, { curve: { kind: "softmax", temperature: 0.2 } }],
          })),
        },
      ],
    ),
    honest: [peer(1)],
    attacker: [peer(0)],
  },
  {
    family: "net-stake-bonus",
    attack: "sell the pay, and buy it back ten minutes before each close",
    scenario: looped("top_up_mask", [{ multiplier: { rule: "net_stake", bonus: 5, epochs: 10 } }, PENALTY, BURN], { tao: 2000 }),
    honest: ["twin"],
    attacker: ["attacker"],
  },
  {
    family: "collateral-crown",
    attack: "hold the collateral for two minutes a day, around the close",
    scenario: backed(2, [peer(0), peer(1)], [BY_COLLATERAL, BURN]),
    honest: [peer(0)],
    attacker: [peer(1)],
  },
  {
    family: "priced-budget",
    attack: "sell 8,000 alpha a block before each close and buy them back after it (honest: the same miner where nobody does)",
    scenario: pricedBudget("price_push"),
    withoutIt: pricedBudget("hold"),
    honest: ["attacker"],
    attacker: ["attacker"],
  },
  {
    family: "two-pools",
    attack: "be one of two in the pool of the few, of twelve who work alike, with its collateral for two minutes a day",
    scenario: backed(
      12,
      [peer(1), peer(0)],
      [
        {
          pools: [
            { name: "crown", share: 0.3, members: { tags: ["crown"] }, stages: [BY_COLLATERAL] },
            { name: "everybody", share: 0.7, members: "rest" },
          ],
        },
        BURN,
      ],
      { tags: { crown: [peer(0), peer(1)] } },
    ),
    honest: [peer(2)],
    attacker: [peer(0)],
  },
  {
    family: "smoothed-ranks",
    attack: "put the best work on three hotkeys, each below the cap of a tenth",
    scenario: looped(
      { kind: "sybil_split", keys: 3, sold_keys: 0 },
      [{ smooth: { kind: "ema", half_life_epochs: 20 } }, { curve: { kind: "geometric", ratio: 0.85 } }, { cap: { max_share: 0.1 } }],
      { skill: 4 },
    ),
    honest: ["twin"],
    attacker: ["attacker"],
  },
  {
    family: "best-and-rest",
    attack: "put a fourth of the work on each of four hotkeys, for four places in the rest",
    scenario: looped({ kind: "sybil_split", keys: 4, sold_keys: 0 }, [{ curve: { kind: "log_tail", first: 0.95, ties: "uid" } }], {
      skill: 0.9,
    }),
    honest: ["twin"],
    attacker: ["attacker"],
  },
  {
    family: "selling-penalty",
    attack: "sell a little less than a twentieth of the stake a day, every day",
    scenario: looped({ kind: "threshold_drain", threshold: 0.05, every: "1 d" }, [PENALTY, BURN]),
    honest: ["twin"],
    attacker: ["attacker"],
  },
  {
    family: "stake-tiers",
    attack: "borrow 1000 alpha for ten minutes around each close, and sell them",
    scenario: looped(
      "just_in_time",
      [{ multiplier: { rule: "stake_tiers", tiers: [{ at_least: 1000, value: 1.1 }] } }, { residual: "treasury" }],
      {
        stake: 10,
        tao: 100,
      },
    ),
    honest: ["twin"],
    attacker: ["attacker"],
  },
  {
    family: "sigmoid-decay",
    attack: "hand the same work in anew every day, instead of once",
    scenario: scored(
      [
        { hotkeys: [0, 1, 2, 3, 4, 5].map(peer), score: 1 },
        { every: "1 d", hotkeys: [peer(0)], score: 1 },
      ],
      [{ plug_in: { rule: "./rules/sigmoid-decay.ts" } }],
    ),
    honest: [peer(1)],
    attacker: [peer(0)],
  },
  {
    family: "last-champions",
    attack: "reign in turn with five hotkeys of one's own, the work being one's best",
    scenario: scored(
      [
        others(1),
        { hotkeys: [peer(0)], score: 2 },
        ...[1, 2, 3, 4].map((miner) => ({ after: `${miner} d`, hotkeys: [peer(miner)], score: 2 + miner })),
        ...[0, 1, 2, 3].map((miner) => ({ after: `${miner + 2} d`, hotkeys: [peer(miner)], score: 1 })),
      ],
      [{ plug_in: { rule: "./rules/last-champions.ts", with: { champions: 5, margin: 0.05 } } }],
    ),
    honest: [peer(5)],
    attacker: [0, 1, 2, 3, 4].map(peer),
  },
];

export async function attackResult({ scenario, withoutIt, honest, attacker }: Attack): Promise<AttackResult> {
  const attacked = await worldOf(scenario);
  const other = withoutIt === undefined ? attacked : await worldOf(withoutIt);
  return {
    honest: other.paid(honest),
    attacker: attacked.paid(attacker),
    honestProfitTao: other.profitTao(honest),
    attackerProfitTao: attacked.profitTao(attacker),
  };
}

async function worldOf(scenario: object) {
  const run = await runOf(parseScenario(JSON.stringify(scenario), join(ROOT, "scenarios", "attack.json")));
  const paid = paidByHotkey(run);
  // A simulated miner may work on several hotkeys, named after it.
  const isOf = (hotkey: string, key: string) => hotkey === key || /^[-/]/.test(hotkey.startsWith(key) ? hotkey.slice(key.length) : "");
  return {
    paid: (keys: readonly string[]) =>
      [...paid].reduce((total, [hotkey, alpha]) => total + (keys.some((key) => isOf(hotkey, key)) ? alpha : 0), 0),
    profitTao: (keys: readonly string[]) =>
      (run.tables.agents ?? []).reduce((total, { name, profit_tao }) => total + (keys.includes(String(name)) ? Number(profit_tao) : 0), 0),
  };
}

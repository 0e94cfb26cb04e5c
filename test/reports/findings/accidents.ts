import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A fault as it happened to a subnet in production, rebuilt small, with the same subnet without it. */
export interface Accident {
  readonly name: string;
  readonly says: string;
  /** The finding that names the cause. */
  readonly code: string;
  /** What the run warns of besides, since it follows from the cause. */
  readonly follows?: readonly string[];
  readonly broken: Subnet;
  /** The same fault from its first epoch on to the end of the run. */
  readonly lasting?: Subnet;
  readonly healthy: Subnet;
}

/** What is recorded of a subnet, by stream, as CSV; and the rules it is run under. */
export interface Subnet {
  readonly streams: Readonly<Record<string, string>>;
  /** What follows `streams:` in the scenario. */
  readonly rules: string;
  /** Rules of one's own, by file. */
  readonly files?: Readonly<Record<string, string>>;
}

const START_MS = Date.UTC(2025, 0, 1);
const HOUR_MS = 3_600_000;
const ALPHA = 1_000_000_000;
const HOURS = 96;
const MINERS = 16;
/** Hours of the fault, both included: epochs of the same numbers. */
const FROM = 40;
const TO = 49;

const isFaulty = (hour: number) => hour >= FROM && hour <= TO;
const keys = (miner: number) => `7,hot-${miner},cold-${miner}`;
/** What a miner is worth: the last one 16 times the first; up to a twentieth more or less, by no random number. */
const worth = (miner: number, hour: number) => (miner + 1) * (1 + 0.05 * Math.sin(7 * miner + 3 * hour));
const paidRao = (miner: number, hour: number) => Math.round(worth(miner, hour) * ALPHA);

/** Rows of all hours and miners, in order; the instant of an hour is a minute before it for weights, so that they count in it. */
function rowsOf(head: string, beforeMs: number, cell: (miner: number, hour: number) => string | number): string {
  const rows = [head];
  for (let hour = 1; hour <= HOURS; hour++) {
    for (let miner = 0; miner < MINERS; miner++) {
      rows.push(
        `${START_MS + hour * HOUR_MS - beforeMs},${1000 + hour * 300 - (beforeMs > 0 ? 5 : 0)},${keys(miner)},${cell(miner, hour)}`,
      );
    }
  }
  return `${rows.join("\n")}\n`;
}

const emission = rowsOf(
  "time_ms,block,netuid,hotkey,coldkey,uid,role,amount_rao",
  0,
  (miner, hour) => `${miner},miner,${paidRao(miner, hour)}`,
);

/** Every other miner sells a tenth of an hour's pay a few times a day. */
const stake = `time_ms,block,extrinsic,event,action,netuid,hotkey,coldkey,amount_rao
${Array.from({ length: HOURS / 4 }, (_, at) =>
  Array.from({ length: MINERS / 2 }, (__, half) => {
    const hour = 4 * at + 3;
    return `${START_MS + hour * HOUR_MS + 600_000},${1050 + hour * 300},2,${half},removed,${keys(2 * half)},${Math.round(paidRao(2 * half, 0) / 10) * (half + 1)}\n`;
  }).join(""),
).join("")}`;

function weights(of: (miner: number, hour: number) => number): Subnet["streams"] {
  return { emission, stake, weights: rowsOf("time_ms,block,netuid,hotkey,coldkey,weight", 60_000, of) };
}

/** Collateral that everybody begins with. */
const FIRST_RAO = 2 * ALPHA;

/** Everybody holds all it was paid. Read as 0 in the hours of the fault. */
function balances(isRead: (hour: number) => boolean): Subnet["streams"] {
  const sums = new Float64Array(MINERS).fill(FIRST_RAO);
  const rows = rowsOf("time_ms,block,netuid,hotkey,coldkey,balance_rao", 0, (miner, hour) => {
    sums[miner] += paidRao(miner, hour);
    return isRead(hour) ? sums[miner] : 0;
  });
  const opened = Array.from({ length: MINERS }, (_, miner) => `${START_MS + HOUR_MS / 2},1150,${keys(miner)},${FIRST_RAO}\n`);
  return { emission, balances: rows.replace("\n", `\n${opened.join("")}`) };
}

const BONUS = "vesting: { max_multiplier: 1.2, retention_window_days: 2 }";
const COLLATERAL = "snapshots: update\nstages:\n  - gate: { by: stake, at_least: 1 }\n  - residual: recycle";

/** A stage of one's own that pays what was worked, or, with the sign slipped, the more the less was worked. */
const workStage = (share: string) => `export default ({ shareStage }) => shareStage({
  name: "work", meaning: "pay by work", parameters: {},
  bind: () => ({
    share(facts, before, weights) {
      let sum = 0;
      for (let miner = 0; miner < facts.count; miner++) sum += weights[miner] = ${share};
      if (sum > 0) for (let miner = 0; miner < facts.count; miner++) weights[miner] /= sum;
    },
  }),
});
`;
const WORK = "stages:\n  - plug_in: { rule: ./work.js }";

const curve = (temperature: number) => `stages:\n  - curve: { kind: softmax, temperature: ${temperature} }`;

export const ACCIDENTS: readonly Accident[] = [
  {
    name: "collateral-zero",
    says: "collateral was recorded as 0, and 90 to 100 % of the pot was recycled",
    code: "stake_missing",
    follows: ["nobody_paid"],
    broken: { streams: balances((hour) => !isFaulty(hour)), rules: COLLATERAL },
    healthy: { streams: balances(() => true), rules: COLLATERAL },
  },
  {
    name: "nan-weights",
    says: "weights that were no numbers became equal, the largest there are",
    code: "weights_even",
    broken: { streams: weights((miner, hour) => (isFaulty(hour) ? 65_535 : worth(miner, hour))), rules: BONUS },
    healthy: { streams: weights(worth), rules: BONUS },
  },
  {
    name: "zero-incentive",
    says: "active miners were at 0 for some epochs",
    code: "pay_gaps",
    broken: { streams: weights((miner, hour) => (isFaulty(hour) && miner % 3 === 0 ? 0 : worth(miner, hour))), rules: BONUS },
    lasting: { streams: weights((miner, hour) => (hour >= FROM && miner % 3 === 0 ? 0 : worth(miner, hour))), rules: BONUS },
    healthy: { streams: weights(worth), rules: BONUS },
  },
  {
    name: "sign-slipped",
    says: "a sign slipped into a release: more work, less weight",
    code: "order_reversed",
    broken: { streams: { emission }, rules: WORK, files: { "work.js": workStage("before[miner] > 0 ? 1 / before[miner] : 0") } },
    healthy: { streams: { emission }, rules: WORK, files: { "work.js": workStage("before[miner]") } },
  },
  {
    name: "scores-distorted",
    says: "three of four scores were distorted",
    code: "weights_distorted",
    broken: {
      streams: weights((miner, hour) => worth(miner, hour) * (isFaulty(hour) && miner % 4 !== 0 ? [0.2, 3, 6][(miner + hour) % 3] : 1)),
      rules: BONUS,
    },
    healthy: { streams: weights(worth), rules: BONUS },
  },
  {
    name: "flat-pay",
    says: "pay was nearly flat",
    code: "pay_too_flat",
    broken: { streams: { emission }, rules: curve(20) },
    healthy: { streams: { emission }, rules: curve(0.3) },
  },
];

/** Writes the tables of a subnet, its rules and its scenario into a folder. */
export async function writeSubnet(folder: string, name: string, { streams, rules, files = {} }: Subnet): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [kind, text] of Object.entries(streams)) await writeFile(join(folder, `${kind}.csv`), text);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  const recorded = Object.keys(streams).map((kind) => `  - { recorded: recordings/${kind}, coverage: subnet }\n`);
  await writeFile(
    join(folder, `${name}.yaml`),
    `name: ${name}\nstreams:\n${recorded.join("")}emission: redistribute\n${rules}\nrecord: { tables: all }\n`,
  );
}

/** The commands that import the tables of a subnet, in its folder. */
export function importsOf({ streams }: Subnet, folder: string): readonly (readonly string[])[] {
  return Object.keys(streams).map((kind) => [
    ...["import", "table", join(folder, `${kind}.csv`), "--kind", kind, "--addresses", "any", "--quiet"],
    ...["--out", join(folder, "recordings", kind)],
  ]);
}

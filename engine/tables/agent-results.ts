import { MAX_RAO } from "../kernel/money.js";
import { LARGEST_MULTIPLIER } from "../kernel/ranges.js";
import { type ColumnDeclaration, declareColumn, declareTable } from "./column.js";
import { netuid, time } from "./result-columns.js";
import { AGENT_ORDERS, AGENT_REFUSALS } from "./vocabularies/agent-orders.js";

const int = <const N extends string>(name: N, meaning: string) => declareColumn({ name, type: "int", unit: "", meaning });
const text = <const N extends string>(name: N, meaning: string) => declareColumn({ name, type: "text", unit: "", meaning });
const rao = <const N extends string>(name: N, meaning: string, unit: string) => declareColumn({ name, type: "rao", unit, meaning });
const sum = <const N extends string>(name: N, meaning: string, unit: string) => declareColumn({ name, type: "rao_sum", unit, meaning });
const real = <const N extends string>(name: N, meaning: string, unit: string, atLeast: number, atMost = Number.MAX_VALUE) =>
  declareColumn({ name, type: "real", unit, meaning, atLeast, atMost });
const choice = <const N extends string, const V extends readonly string[]>(name: N, values: V, meaning: string) =>
  declareColumn({ name, type: "choice", unit: "", meaning, values });
const orNone = <const C extends ColumnDeclaration>(column: C) => ({ ...column, atLeast: -1 });
const ALPHA = "rao of alpha";
const TAO = "rao of TAO";
const agent = int("agent", "Number in the table `agents`.");
const epoch = int("epoch", "Epochs of the subnet that had ended.");

export const AGENTS_TABLE = declareTable({
  name: "agents",
  meaning: "Who decides for itself, with what it began and ended; written at the end of the run.",
  columns: [
    int("agent", "Number, by which other tables name it."),
    text("name", "Name, unique; its coldkey, and its first hotkey; of positions that were handed over as the scenario calls who decides."),
    text("group_name", "Group of the scenario it is of; its own name where it decides for positions that were handed over."),
    text("strategy", "How it acts."),
    int("keys", "Hotkeys it ever had."),
    int("seats", "Seats it has at the end."),
    rao("tao_start_rao", "TAO it began with, or when positions were handed over; 0 where it had not begun.", TAO),
    rao("stake_start_rao", "Alpha it began with, or that was on the positions then; 0 where it had not begun.", ALPHA),
    rao("tao_end_rao", "TAO at the end.", TAO),
    sum("stake_end_rao", "Stake on all of its keys at the end.", ALPHA),
    sum(
      "entitled_rao",
      "What it would have been paid by base weights alone; of positions that were handed over, what it was recorded to be paid since.",
      ALPHA,
    ),
    sum("paid_rao", "What it was paid, since positions were handed over.", ALPHA),
    sum("sold_rao", "Alpha sold.", ALPHA),
    sum("proceeds_rao", "TAO that brought.", TAO),
    sum("bought_rao", "Alpha bought.", ALPHA),
    sum("spent_rao", "TAO that took.", TAO),
    sum("registrations_rao", "TAO paid for registrations.", TAO),
    sum("seats_rao", "TAO for seats that were taken over: what it got, less what it gave.", TAO),
    int("orders", "Orders given."),
    int("orders_done", "Orders carried out."),
    real("multiplier_paid", "Mean of the multiplier, weighted by pay; 1 where nothing was paid.", "", 0, LARGEST_MULTIPLIER),
    real("held_share_paid", "Mean of the held share, weighted by pay; 0 where nothing was paid.", "0..1", 0, 1.000001),
    real("held_days_paid", "Mean of the held days, weighted by pay; 0 where nothing was paid.", "days", 0),
    real(
      "profit_tao",
      "What it has at the end, stake at the last price, less what it began with, stake at the first price.",
      "TAO",
      -Number.MAX_VALUE,
    ),
  ],
});

export const AGENT_ORDERS_TABLE = declareTable({
  name: "agent_orders",
  meaning: "Every order of who decides for itself, and what came of it.",
  columns: [
    time,
    netuid,
    epoch,
    agent,
    choice("kind", AGENT_ORDERS, "What was wanted."),
    choice("refusal", AGENT_REFUSALS, "Why it was not carried out; `none`: it was."),
    orNone(int("position", "Position id that it is about; -1: none.")),
    rao("alpha_rao", "Alpha that changed hands, or was moved.", ALPHA),
    rao("tao_rao", "TAO that changed hands.", TAO),
    rao("fee_rao", "The pool's fee: in alpha of a sale, in TAO of a purchase.", "rao"),
    real("price_before_tao", "Price before; 0 where the market had no part in it.", "TAO per alpha", 0),
    real("price_after_tao", "Price after.", "TAO per alpha", 0),
  ],
});

export const POOLS_TABLE = declareTable({
  name: "pools",
  meaning: "Pools of alpha at the end of an epoch, after everyone acted.",
  columns: [
    time,
    netuid,
    epoch,
    { ...rao("tao_rao", "TAO in the pool.", TAO), atMost: MAX_RAO },
    rao("alpha_rao", "Alpha in the pool.", ALPHA),
    real("price_tao", "Price.", "TAO per alpha", 0),
    rao("tao_in_rao", "TAO that emission added so far.", TAO),
    rao("alpha_in_rao", "Alpha that emission added so far.", ALPHA),
  ],
});

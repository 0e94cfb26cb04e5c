import type { OpenRun } from "../../../recorders/index.js";
import type { FlagRow, TradeRow } from "../../index-subnet/index-rows.js";
import { readTableRows } from "../../reading/table-rows.js";
import type { OwnEvent } from "../whole-run/own-events.js";

/** What a participant of an index subnet did in each epoch, and what was noticed of it, as far as the run recorded it. */
export class Activity {
  readonly #byEpoch = new Map<number, OwnEvent[]>();

  static async of(run: OpenRun, participant: number): Promise<Activity> {
    const activity = new Activity();
    const rowsOf = <Row extends object>(table: "trades" | "flags") =>
      run.tables.includes(table) ? readTableRows<Row>(run, table, { participant }) : [];
    for (const { epoch, time_ms, kind, refusal, value_rao } of await rowsOf<TradeRow>("trades")) {
      if (refusal === "none") activity.#add(epoch, { time_ms, event: kind, amount_rao: value_rao, tranches: 0 });
    }
    for (const { epoch, to_ms, kind, amount_rao, policy } of await rowsOf<FlagRow>("flags")) {
      // Nothing comes of one that is only recorded.
      if (policy === "record") continue;
      activity.#add(epoch, { time_ms: to_ms, event: `flag ${kind} (${policy})`, amount_rao, tranches: 0 });
    }
    return activity;
  }

  /** Of epochs by number, both included: the largest, and how many. */
  within(from: number, to: number): { readonly event: OwnEvent | null; readonly events: number } {
    let event: OwnEvent | null = null;
    let events = 0;
    for (let epoch = from; epoch <= to; epoch++) {
      for (const one of this.#byEpoch.get(epoch) ?? []) {
        events += 1;
        if (event === null || one.amount_rao > event.amount_rao) event = one;
      }
    }
    return { event, events };
  }

  #add(epoch: number, event: OwnEvent): void {
    const known = this.#byEpoch.get(epoch);
    if (known === undefined) this.#byEpoch.set(epoch, [event]);
    else known.push(event);
  }
}

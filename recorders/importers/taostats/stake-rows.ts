import type { StakeAction } from "../../../engine/index.js";
import type { TaostatsEvent } from "./taostats-rows.js";

/** A row of the `stake` stream, with addresses still as text. */
export interface StakeRow {
  readonly event: TaostatsEvent;
  readonly action: StakeAction;
  readonly toColdkey: string | undefined;
  /** What arrived; 0 when the same. */
  readonly toAmountRao: number;
}

export interface StakeRows {
  readonly rows: readonly StakeRow[];
  /** Transfers whose receiving side is also in the input and was joined to the sending side. */
  readonly joinedTransfers: number;
}

/** The two sides of one transfer have this in common. */
function transferKey(event: TaostatsEvent, sender: string, receiver: string): string {
  return `${event.block}-${event.extrinsic}/${event.netuid}/${event.hotkey}/${sender}/${receiver}`;
}

/**
 * The stake stream of the events. A row of the API is one position's side of what happened:
 * - UNDELEGATE is `removed`; of a transfer it is the sender's side, and `transferred` to the other coldkey, same hotkey;
 * - DELEGATE is `added`. Of a transfer it is the receiver's side. Where the sender's side is in the input too, that row
 *   says it all (with what arrived) and this one is left out, or the receiver would be given it twice. Where it is not,
 *   the sender's position is not part of the recording: a `transferred` row would take from a position that holds
 *   nothing and be rejected, while `added` books just what docs/explanation/flows.md gives the receiver, a manual inflow.
 */
export function stakeRows(events: readonly TaostatsEvent[]): StakeRows {
  const received = new Map<string, TaostatsEvent[]>();
  for (const event of events) {
    if (!event.joined || event.counterparty === undefined) continue;
    const key = transferKey(event, event.counterparty, event.coldkey);
    const others = received.get(key);
    if (others === undefined) received.set(key, [event]);
    else others.push(event);
  }
  const joined = new Set<TaostatsEvent>();
  const arrivalOf = new Map<TaostatsEvent, TaostatsEvent>();
  for (const event of events) {
    if (event.joined || event.counterparty === undefined) continue;
    const arrival = received.get(transferKey(event, event.coldkey, event.counterparty))?.shift();
    if (arrival === undefined) continue;
    joined.add(arrival);
    arrivalOf.set(event, arrival);
  }
  const rows: StakeRow[] = [];
  for (const event of events) {
    if (joined.has(event)) continue;
    if (event.joined) {
      rows.push({ event, action: "added", toColdkey: undefined, toAmountRao: 0 });
    } else if (event.counterparty === undefined) {
      rows.push({ event, action: "removed", toColdkey: undefined, toAmountRao: 0 });
    } else {
      const arrivedRao = arrivalOf.get(event)?.alphaRao ?? event.alphaRao;
      rows.push({
        event,
        action: "transferred",
        toColdkey: event.counterparty,
        toAmountRao: arrivedRao === event.alphaRao ? 0 : arrivedRao,
      });
    }
  }
  return { rows, joinedTransfers: joined.size };
}

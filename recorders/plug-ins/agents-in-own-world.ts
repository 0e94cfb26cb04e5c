import { Script } from "node:vm";
import type { MinerKey, MinerView, OtherSeat } from "../../engine/index.js";

const KEY: readonly (keyof MinerKey)[] = [
  "key",
  "uid",
  "registeredMs",
  "workShare",
  "stakeRao",
  "paidRao",
  "receivedRao",
  "remainingRao",
  "heldShare",
  "heldDays",
  "multiplier",
];
const SEAT: readonly (keyof OtherSeat)[] = ["uid", "stakeRao", "multiplier", "registeredMs", "isForSale"];
const VIEW: readonly Exclude<keyof MinerView, "keys" | "others">[] = [
  "timeMs",
  "startMs",
  "epoch",
  "isClose",
  "lastCloseMs",
  "nextCloseMs",
  "priceTaoPerAlpha",
  "poolTaoRao",
  "poolAlphaRao",
  "poolFee",
  "taoRao",
  "registrationCostRao",
  "topMultiplier",
  "stakeRao",
];
const QUESTIONS: readonly (keyof MinerView)[] = ["proceedsRao", "purchaseRao", "multiplierAfterSale"];
const ORDERS = ["sell", "buy", "move", "register", "registerAgain", "assign", "takeOver", "wakeAt"];

/**
 * Stands between an agent of a file and the run. Whatever the agent is shown is made in its own world, new for each decision, and frozen:
 * there is no object in its hands that anybody else sees, whose prototype others have, or that is there in the next replicate. What it
 * throws comes out as words. What it asks for and cannot be had ends the decision, whether or not it catches the error.
 */
const FACADE = new Script(`(KEY, SEAT, VIEW, QUESTIONS, ORDERS) => {
  "use strict";
  const { create, freeze, defineProperty, getPrototypeOf } = Object;
  const { parse, stringify } = JSON;
  const text = String;
  const Fault = Error;
  const copy = (value) => parse(stringify(value));
  const taken = (from, names) => {
    const own = create(null);
    for (const name of names) own[name] = from[name];
    return freeze(own);
  };
  const all = (list, names) => {
    const own = [];
    for (let i = 0; i < list.length; i++) own[i] = taken(list[i], names);
    return freeze(own);
  };
  const words = (error) => {
    try {
      const { message } = error ?? {};
      return text(message ?? error);
    } catch {
      return "something that has no words";
    }
  };
  const agentOf = (agent) => {
    const isObject = typeof agent === "object" && agent !== null;
    if (!isObject || typeof agent.decide !== "function") return agent;
    const { decide } = agent;
    let seen = null;
    let desk = null;
    let keys = null;
    let failure = null;
    const asked = (work) => {
      if (seen === null) throw new Fault("what is shown is of one decision, which is over");
      try {
        return work();
      } catch (error) {
        failure ??= { error };
        throw new Fault("it asked for what means nothing");
      }
    };
    const view = create(null);
    for (const name of VIEW) defineProperty(view, name, { get: () => asked(() => seen[name]), enumerable: true });
    defineProperty(view, "keys", { get: () => (keys ??= asked(() => all(seen.keys, KEY))), enumerable: true });
    for (const name of QUESTIONS) view[name] = (...given) => asked(() => seen[name](...given));
    view.others = () => asked(() => all(seen.others(), SEAT));
    const orders = create(null);
    for (const name of ORDERS) orders[name] = (...given) => asked(() => void desk[name](...given));
    freeze(view);
    freeze(orders);
    const whole = {
      decide(now, at) {
        seen = now;
        desk = at;
        keys = null;
        failure = null;
        let thrown = null;
        try {
          decide.call(agent, view, orders);
        } catch (error) {
          thrown = { said: words(error) };
        }
        seen = null;
        desk = null;
        if (failure !== null) throw failure.error;
        if (thrown !== null) throw new Fault(thrown.said);
      },
    };
    // Entries that nobody reads are told of, but for those of a class of its own.
    const prototype = getPrototypeOf(agent);
    const isPlain = prototype === null || getPrototypeOf(prototype) === null;
    return isPlain ? { ...agent, ...whole } : whole;
  };
  return {
    bind: (bind) => (values, means) => {
      const random = means.random;
      return agentOf(bind(copy(values), freeze({ random: () => random(), keys: means.keys })));
    },
    keys: (keys) => (values) => keys(copy(values)),
  };
}`);

type Method = (...given: unknown[]) => unknown;

/** Makes what an agent of a file is given of the file's own world. */
export interface OwnWorldAgents {
  bind(bind: Method): Method;
  keys(keys: Method): Method;
}

/** @param world in which the file runs */
export function agentsInOwnWorld(world: object): OwnWorldAgents {
  return FACADE.runInContext(world)(KEY, SEAT, VIEW, QUESTIONS, ORDERS) as OwnWorldAgents;
}

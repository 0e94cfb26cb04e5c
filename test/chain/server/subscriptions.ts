import type { TestChain } from "../test-chain.js";
import { headerJson } from "./rpc-block.js";
import { runtimeVersionJson } from "./rpc-methods.js";

type Send = (text: string) => void;
type Topic = "chain_finalizedHead" | "state_runtimeVersion";

interface Subscription {
  readonly topic: Topic;
  readonly send: Send;
  /** What was sent last, lest it be sent again. */
  last: number | undefined;
}

const SUBSCRIBE: Readonly<Record<string, Topic>> = {
  chain_subscribeFinalizedHeads: "chain_finalizedHead",
  state_subscribeRuntimeVersion: "state_runtimeVersion",
};
const UNSUBSCRIBE = ["chain_unsubscribeFinalizedHeads", "state_unsubscribeRuntimeVersion"];

/** The names of the methods that open and close subscriptions. */
export const SUBSCRIPTION_METHODS = [...Object.keys(SUBSCRIBE), ...UNSUBSCRIBE];

/** All the subscriptions of a server: each gets the present state at once and news afterwards. */
export class Subscriptions {
  readonly #chain: TestChain;
  readonly #subscriptions = new Map<string, Subscription>();
  #opened = 0;

  constructor(chain: TestChain) {
    this.#chain = chain;
  }

  /** Opens a subscription for one of the methods above; its first news follow the answer. */
  open(method: string, send: Send): string | undefined {
    const topic = SUBSCRIBE[method];
    if (topic === undefined) return undefined;
    this.#opened += 1;
    const id = `Tenure${this.#opened.toString(36).padStart(10, "0")}`;
    const subscription: Subscription = { topic, send, last: undefined };
    this.#subscriptions.set(id, subscription);
    setImmediate(() => this.#notify(id, subscription));
    return id;
  }

  /** Whether the method closes subscriptions, and if so, whether there was one of that id. */
  close(method: string, id: unknown): boolean | undefined {
    return UNSUBSCRIBE.includes(method) ? this.#subscriptions.delete(String(id)) : undefined;
  }

  /** Closes what a lost connection had opened. */
  forget(send: Send): void {
    for (const [id, subscription] of this.#subscriptions) if (subscription.send === send) this.#subscriptions.delete(id);
  }

  notifyAll(): void {
    for (const [id, subscription] of this.#subscriptions) this.#notify(id, subscription);
  }

  #notify(id: string, subscription: Subscription): void {
    const { topic, send, last } = subscription;
    const chain = this.#chain;
    const news = topic === "chain_finalizedHead" ? chain.finalized : chain.spec(chain.best);
    if (news === last || !this.#subscriptions.has(id)) return;
    subscription.last = news;
    const result = topic === "chain_finalizedHead" ? headerJson(chain, news) : runtimeVersionJson(news);
    send(JSON.stringify({ jsonrpc: "2.0", method: topic, params: { subscription: id, result } }));
  }
}

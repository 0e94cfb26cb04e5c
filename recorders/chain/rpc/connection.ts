import WebSocket from "ws";
import type { Clock } from "./clock.js";
import { failureOf, RpcFailure } from "./rpc-failure.js";

/** A thousand keys with their values, or the metadata of a runtime, are a few MB. */
const LARGEST_ANSWER_BYTES = 256 * 1024 * 1024;

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RpcFailure) => void;
  readonly callOff: () => void;
}

interface Answer {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly params?: { readonly subscription?: unknown; readonly result?: unknown };
}

/**
 * One WebSocket to one node, speaking JSON-RPC 2.0. It never reconnects by itself: whatever goes wrong ends it, and every
 * request under way fails with an `RpcFailure`. (The provider of polkadot.js is not used: it lets an answer that is cut off
 * take the process down, writes to the console and retries for ever.)
 */
export class ChainConnection {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  readonly #subscriptions = new Map<string, (result: unknown) => void>();
  /** Notifications that came before the answer that names their subscription. */
  readonly #early = new Map<string, unknown[]>();
  #nextId = 1;
  #ended: RpcFailure | undefined;

  private constructor(
    readonly url: string,
    socket: WebSocket,
    private readonly clock: Clock,
  ) {
    this.#socket = socket;
    socket.on("message", (data) => this.#take(String(data)));
    socket.on("close", (code) => this.#end(new RpcFailure("lost", `the connection was closed (${code})`)));
    socket.on("error", (error) => this.#end(new RpcFailure("lost", error.message)));
  }

  /**
   * @param timeoutMs until the WebSocket must be open
   * @param signal gives it up
   * @throws RpcFailure `lost` with the reason
   */
  static open(url: string, timeoutMs: number, signal: AbortSignal, clock: Clock): Promise<ChainConnection> {
    return new Promise((resolve, reject) => {
      let socket: WebSocket;
      try {
        socket = new WebSocket(url, { maxPayload: LARGEST_ANSWER_BYTES, perMessageDeflate: false });
      } catch (error) {
        reject(new RpcFailure("lost", error instanceof Error ? error.message : String(error)));
        return;
      }
      const fail = (reason: string) => {
        settle();
        socket.terminate();
        reject(new RpcFailure("lost", reason));
      };
      const onAbort = () => fail("it was given up");
      const onError = (error: Error) => fail(error.message);
      const callOff = clock.alarm(timeoutMs, () => fail(`no answer within ${timeoutMs} ms`));
      const settle = () => {
        callOff();
        signal.removeEventListener("abort", onAbort);
      };
      socket.once("open", () => {
        settle();
        socket.off("error", onError);
        resolve(new ChainConnection(url, socket, clock));
      });
      // Stays on after a failure: a socket that is terminated while it connects says so once more.
      socket.on("error", onError);
      signal.addEventListener("abort", onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  /** Why it is no more; undefined while it is open. */
  get ended(): RpcFailure | undefined {
    return this.#ended;
  }

  /** @throws RpcFailure */
  request(method: string, params: readonly unknown[], timeoutMs: number): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const callOff = this.clock.alarm(timeoutMs, () => {
        this.#pending.delete(id);
        reject(new RpcFailure("slow", `${method} was not answered within ${timeoutMs} ms`));
      });
      this.#pending.set(id, { resolve, reject, callOff });
      this.#socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /**
   * Asks for notifications; they end with the connection.
   * @throws RpcFailure
   */
  async subscribe(method: string, onResult: (result: unknown) => void, timeoutMs: number): Promise<void> {
    const id = String(await this.request(method, [], timeoutMs));
    this.#subscriptions.set(id, onResult);
    for (const result of this.#early.get(id) ?? []) onResult(result);
    this.#early.delete(id);
  }

  close(): void {
    this.#end(new RpcFailure("lost", "the connection was closed"));
  }

  #take(text: string): void {
    let answer: Answer;
    try {
      answer = JSON.parse(text) as Answer;
    } catch {
      // Which request it answers cannot be known any more.
      this.#end(new RpcFailure("lost", "an answer was no JSON"));
      return;
    }
    const subscription = answer?.params?.subscription;
    if (subscription !== undefined) {
      this.#notify(String(subscription), answer.params?.result);
      return;
    }
    const pending = typeof answer?.id === "number" ? this.#pending.get(answer.id) : undefined;
    if (pending === undefined) return;
    this.#pending.delete(answer.id as number);
    pending.callOff();
    if (typeof answer.error === "object" && answer.error !== null) pending.reject(failureOf(answer.error));
    else pending.resolve(answer.result);
  }

  #notify(subscription: string, result: unknown): void {
    const onResult = this.#subscriptions.get(subscription);
    if (onResult !== undefined) {
      onResult(result);
      return;
    }
    const early = this.#early.get(subscription);
    if (early === undefined) this.#early.set(subscription, [result]);
    else early.push(result);
  }

  #end(reason: RpcFailure): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const { reject, callOff } of this.#pending.values()) {
      callOff();
      reject(reason);
    }
    this.#pending.clear();
    this.#socket.terminate();
  }
}

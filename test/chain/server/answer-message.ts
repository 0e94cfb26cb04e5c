import type { TestChain } from "../test-chain.js";
import { type Fate, type Faults, fateOf } from "./faults.js";
import { RpcError } from "./rpc-error.js";
import { RPC_METHODS } from "./rpc-methods.js";
import { SUBSCRIPTION_METHODS, type Subscriptions } from "./subscriptions.js";

/** What the answering of messages works with and counts in. */
export interface Desk {
  readonly chain: TestChain;
  readonly faults: Faults;
  readonly subscriptions: Subscriptions;
  /** Requests by method. */
  readonly requests: Record<string, number>;
  /** Requests so far. */
  received: number;
}

export interface Answer {
  /** The answer's text; nothing where the message wants none. */
  readonly text: string | undefined;
  readonly fate: Fate;
}

type Response = { jsonrpc: "2.0"; id: unknown } & ({ result: unknown } | { error: { code: number; message: string } });

/** Answers the text of one message, a request or a batch of them. The worst fate in a batch is that of all of it. */
export function answerMessage(desk: Desk, message: string, send: (text: string) => void): Answer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    return { text: errorText(null, -32700, "Parse error"), fate: "answer" };
  }
  if (!Array.isArray(parsed)) {
    const { response, fate } = answerRequest(desk, parsed, send);
    return { text: response && JSON.stringify(response), fate };
  }
  if (parsed.length === 0) return { text: errorText(null, -32600, "Invalid request"), fate: "answer" };
  const answers = parsed.map((request) => answerRequest(desk, request, send));
  const responses = answers.flatMap(({ response }) => response ?? []);
  const fate = (["drop", "hang", "truncate"] as const).find((worst) => answers.some((each) => each.fate === worst));
  return { text: responses.length === 0 ? undefined : JSON.stringify(responses), fate: fate ?? "answer" };
}

function answerRequest(desk: Desk, request: unknown, send: (text: string) => void): { response: Response | undefined; fate: Fate } {
  const { id, method, params = [] } = (request ?? {}) as { id?: unknown; method?: unknown; params?: unknown };
  if (typeof method !== "string") return { response: failure(id ?? null, new RpcError(-32600, "Invalid request")), fate: "answer" };
  desk.received += 1;
  desk.requests[method] = (desk.requests[method] ?? 0) + 1;
  desk.faults.onRequest?.(method);
  const fate = fateOf(desk.faults, desk.received);
  if (fate === "drop" || fate === "hang") return { response: undefined, fate };
  if (id === undefined) return { response: undefined, fate: "answer" };
  try {
    if (fate === "refuse") throw RpcError.tooManyRequests();
    if (!Array.isArray(params)) throw RpcError.invalidParams();
    return { response: { jsonrpc: "2.0", id, result: resultOf(desk, method, params, send) }, fate };
  } catch (error) {
    if (error instanceof RpcError) return { response: failure(id, error), fate };
    throw error;
  }
}

function resultOf(desk: Desk, method: string, params: readonly unknown[], send: (text: string) => void): unknown {
  const { chain, faults, subscriptions } = desk;
  if (method === faults.failMethod) throw new RpcError(-32603, "Internal error");
  if (method === "rpc_methods") return { methods: [...Object.keys(RPC_METHODS), ...SUBSCRIPTION_METHODS, method].sort() };
  if (Object.hasOwn(RPC_METHODS, method)) return RPC_METHODS[method](chain, params, faults);
  const answer = subscriptions.open(method, send) ?? subscriptions.close(method, params[0]);
  if (answer === undefined) throw RpcError.methodNotFound();
  return answer;
}

function failure(id: unknown, { code, message }: RpcError): Response {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

function errorText(id: unknown, code: number, message: string): string {
  return JSON.stringify(failure(id, new RpcError(code, message)));
}

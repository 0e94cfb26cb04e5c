import { TenureError } from "../../../engine/index.js";

/** How endpoints are shown: `ws://a, ws://b`. */
function named(endpoints: readonly string[]): string {
  return endpoints.join(", ");
}

export function unreachable(endpoints: readonly string[], reason: string, connectTimeoutMs: number): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-001",
    what: endpoints.length === 1 ? "The endpoint cannot be reached." : "None of the endpoints can be reached.",
    place: { path: named(endpoints) },
    found: reason,
    allowed: `a Subtensor node that answers within ${connectTimeoutMs / 1000} s`,
    hint: "Check the address (ws:// or wss://) and the network; --connect-timeout gives a slow node more time.",
  });
}

export function gaveUp(endpoints: readonly string[], method: string, reason: string, attempts: number): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-002",
    what: `The node stopped answering: ${method} failed ${attempts} times in a row.`,
    place: { path: named(endpoints) },
    found: reason,
    hint: "What is recorded stays; the same command goes on from there. Fewer requests at a time (--concurrency) or a second --endpoint may help.",
  });
}

export function refusedBy(endpoint: string, method: string, reason: string, code: number | undefined): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-003",
    what: `The node does not do what is needed: ${method} was refused.`,
    place: { path: endpoint },
    found: code === undefined ? reason : `${reason} (${code})`,
    hint: "Use another endpoint.",
  });
}

export function otherChain(endpoint: string, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-004",
    what: "The endpoint is of another chain.",
    place: { path: endpoint },
    found: `genesis ${found}`,
    allowed: `genesis ${allowed}`,
    hint: "Use an endpoint of the chain that was recorded, or another --out.",
  });
}

export function otherFork(endpoint: string, block: number, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-004",
    what: "The endpoint is on another fork than what was recorded.",
    place: { path: endpoint, block },
    found,
    allowed,
    hint: "Use an endpoint of the chain that was recorded, or another --out.",
  });
}

export function nodeBehind(endpoints: readonly string[], finalizedBlock: number, block: number): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-007",
    what: endpoints.length === 1 ? "The node is behind the recording." : "All of the nodes are behind the recording.",
    place: { path: named(endpoints) },
    found: `final up to block ${finalizedBlock}`,
    allowed: `final up to block ${block} or later, where the recording ends`,
    hint: "Wait until the node has caught up with its chain, or use another --endpoint.",
  });
}

export function unreadableAnswer(endpoint: string, method: string, found: unknown): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-006",
    what: `The node's answer to ${method} is not what a Subtensor node answers.`,
    place: { path: endpoint },
    found: found ?? "nothing",
    hint: "Use another endpoint.",
  });
}

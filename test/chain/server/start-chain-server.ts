import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { TestChain } from "../test-chain.js";
import { answerMessage, type Desk } from "./answer-message.js";
import type { Faults } from "./faults.js";
import { Subscriptions } from "./subscriptions.js";

/** Where the local chain listens: on this machine alone. */
export const CHAIN_HOST = "127.0.0.1";

export interface ChainServerOptions {
  /** 0, or left out: a free one. */
  readonly port?: number;
  readonly faults?: Faults;
}

export interface ChainServer {
  readonly url: string;
  readonly port: number;
  /** How many requests of each method came in. */
  readonly requests: Record<string, number>;
  /** What goes wrong from now on; may be changed at any time. */
  readonly faults: Faults;
  /** Finalises the chain up to a block and tells the subscribers so. */
  finalize(number: number): void;
  /** From now on answers wait; what it gives lets them go. */
  hold(): () => void;
  /** Cuts all the connections there are. */
  disconnect(): void;
  close(): Promise<void>;
}

/** Serves a chain by JSON-RPC over WebSocket, as a node does. */
export async function startChainServer(chain: TestChain, { port = 0, faults = {} }: ChainServerOptions = {}): Promise<ChainServer> {
  const subscriptions = new Subscriptions(chain);
  const desk: Desk = { chain, faults, subscriptions, requests: {}, received: 0 };
  const http = createServer((_, response) => response.writeHead(405).end());
  const gate: Gate = { isShut: false, waiting: [] };
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const sockets = new Set<Socket>();
  http.on("connection", (socket) => {
    if (faults.refuseConnections) {
      socket.destroy();
      faults.onRefused?.();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  http.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (faults.unavailable) faults.onHang?.();
    else webSockets.handleUpgrade(request, socket, head, (webSocket) => converse(desk, gate, webSocket));
  });
  const disconnect = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, CHAIN_HOST, resolve);
  });
  const address = http.address() as AddressInfo;
  return {
    url: `ws://${CHAIN_HOST}:${address.port}`,
    port: address.port,
    requests: desk.requests,
    faults,
    finalize: (number) => {
      chain.finalized = number;
      subscriptions.notifyAll();
    },
    hold: () => {
      gate.isShut = true;
      return () => {
        gate.isShut = false;
        for (const send of gate.waiting.splice(0)) send();
      };
    },
    disconnect,
    close: () =>
      new Promise<void>((resolve) => {
        disconnect();
        http.close(() => resolve());
      }),
  };
}

/** Where answers wait while the node stands still. */
interface Gate {
  isShut: boolean;
  readonly waiting: (() => void)[];
}

function converse(desk: Desk, gate: Gate, webSocket: WebSocket): void {
  const send = (text: string): void => {
    if (webSocket.readyState === webSocket.OPEN) webSocket.send(text);
  };
  webSocket.on("error", () => webSocket.terminate());
  webSocket.on("close", () => desk.subscriptions.forget(send));
  webSocket.on("message", (data) => {
    const { text, fate } = answerMessage(desk, String(data), send);
    const { delayMs = 0 } = desk.faults;
    if (fate === "drop") webSocket.terminate();
    else if (fate === "hang") desk.faults.onHang?.();
    else if (text !== undefined) {
      const sent = fate === "truncate" ? text.slice(0, text.length / 2) : text;
      if (delayMs > 0) setTimeout(() => send(sent), delayMs).unref();
      else if (gate.isShut) gate.waiting.push(() => send(sent));
      else send(sent);
    }
  });
}

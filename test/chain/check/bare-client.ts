import { once } from "node:events";
import { WebSocket } from "ws";

/** An answer or a notice. */
export type Message = { id?: number; result?: unknown; error?: { code: number; message: string }; params?: unknown; method?: string };

/** A bare client of JSON-RPC: sends what it is told to, keeps what comes. */
export class BareClient {
  readonly received: string[] = [];
  readonly socket: WebSocket;
  #id = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      this.received.push(String(data));
    });
    socket.on("error", () => {});
  }

  static async open(url: string): Promise<BareClient> {
    const client = new BareClient(new WebSocket(url));
    await once(client.socket, "open");
    return client;
  }

  async next(): Promise<string> {
    while (this.received.length === 0) await once(this.socket, "message");
    return this.received.shift() as string;
  }

  send(method: string, ...params: unknown[]): void {
    this.#id += 1;
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: this.#id, method, params }));
  }

  async call(method: string, ...params: unknown[]): Promise<Message> {
    this.send(method, ...params);
    const answer = JSON.parse(await this.next()) as Message;
    if (answer.id !== this.#id) throw new Error(`The answer to request ${this.#id} has the id ${answer.id}`);
    return answer;
  }

  async result(method: string, ...params: unknown[]): Promise<unknown> {
    const { result, error } = await this.call(method, ...params);
    if (error !== undefined) throw new Error(`${method} failed: ${error.message}`);
    return result;
  }
}

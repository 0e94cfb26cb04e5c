/** An error as a client gets it. Codes and messages are those of a Substrate node. */
export class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = "RpcError";
    this.code = code;
  }

  static methodNotFound(): RpcError {
    return new RpcError(-32601, "Method not found");
  }

  static invalidParams(): RpcError {
    return new RpcError(-32602, "Invalid params");
  }

  static unknownBlock(): RpcError {
    return new RpcError(4003, "Client error: UnknownBlock: Header was not found in the database");
  }

  static prunedState(hash: string): RpcError {
    return new RpcError(4003, `Client error: Api called for an unknown Block: State already discarded for ${hash}`);
  }

  static tooManyRequests(): RpcError {
    return new RpcError(-32029, "Too Many Requests");
  }
}

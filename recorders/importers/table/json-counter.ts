const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Counts the outermost objects of a JSON file over its bytes, apart from the code that splits it. */
export class JsonCounter {
  #depth = 0;
  #inText = false;
  #escaped = false;
  rows = 0;

  see(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (this.#escaped) this.#escaped = false;
      else if (this.#inText) {
        if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inText = false;
      } else if (byte === QUOTE) this.#inText = true;
      else if (byte === OPEN_OBJECT) {
        if (this.#depth++ === 0) this.rows++;
      } else if (byte === CLOSE_OBJECT) this.#depth--;
    }
  }
}

import { imul } from "../kernel/math.js";

const NONE = -1;

/**
 * Amounts by time of day (ms since midnight UTC), one search tree a position, each of whose nodes knows the sum below it: to
 * add or to sum is O(log n) in the times of day that hold something. A treap: a node's place in the heap is a hash of its
 * time, so that the tree depends on what it holds and not on the order in which that came. All nodes share one arena.
 */
export class TimeOfDayTree {
  #roots = new Int32Array(64).fill(NONE);
  #time = new Int32Array(64);
  #amount = new Float64Array(64);
  /** Of the node and all below it. */
  #sum = new Float64Array(64);
  #before = new Int32Array(64);
  #after = new Int32Array(64);
  #used = 0;
  #free = NONE;

  /** Adds to what a position holds at a time of day; a negative amount takes away. Sums must stay within 0 to 2^53. */
  add(position: number, timeOfDayMs: number, amountRao: number): void {
    if (amountRao === 0) return;
    if (position >= this.#roots.length) this.#growRoots(position);
    this.#roots[position] = this.#add(this.#roots[position], timeOfDayMs, amountRao);
  }

  /** All that a position holds. */
  total(position: number): number {
    const root = this.#rootOf(position);
    return root === NONE ? 0 : this.#sum[root];
  }

  /** What a position holds later in the day than a time. */
  later(position: number, timeOfDayMs: number): number {
    let sum = 0;
    let node = this.#rootOf(position);
    while (node !== NONE) {
      if (this.#time[node] <= timeOfDayMs) {
        node = this.#after[node];
      } else {
        const before = this.#before[node];
        sum += this.#sum[node] - (before === NONE ? 0 : this.#sum[before]);
        node = before;
      }
    }
    return sum;
  }

  /** Hands all that a position holds over to another. */
  moveAll(from: number, to: number): void {
    const root = this.#rootOf(from);
    if (root === NONE) return;
    this.#roots[from] = NONE;
    if (this.#rootOf(to) !== NONE) {
      this.#addAll(root, to);
      return;
    }
    if (to >= this.#roots.length) this.#growRoots(to);
    this.#roots[to] = root;
  }

  #rootOf(position: number): number {
    return position < this.#roots.length ? this.#roots[position] : NONE;
  }

  #addAll(node: number, to: number): void {
    if (node === NONE) return;
    const [before, after, time, amount] = [this.#before[node], this.#after[node], this.#time[node], this.#amount[node]];
    this.#give(node);
    this.add(to, time, amount);
    this.#addAll(before, to);
    this.#addAll(after, to);
  }

  /** Answers the root of the tree below `node` after the change. */
  #add(node: number, time: number, amount: number): number {
    if (node === NONE) return this.#take(time, amount);
    const own = this.#time[node];
    if (time === own) {
      this.#amount[node] += amount;
      if (this.#amount[node] === 0) return this.#remove(node);
    } else if (time < own) {
      const child = this.#add(this.#before[node], time, amount);
      this.#before[node] = child;
      if (child !== NONE && isHigher(this.#time[child], own)) return this.#lift(child, node, this.#after, this.#before);
    } else {
      const child = this.#add(this.#after[node], time, amount);
      this.#after[node] = child;
      if (child !== NONE && isHigher(this.#time[child], own)) return this.#lift(child, node, this.#before, this.#after);
    }
    this.#sumUp(node);
    return node;
  }

  /** Puts a child above its parent; `inner` is the side of the child that the parent takes over on its `outer` side. */
  #lift(child: number, parent: number, inner: Int32Array, outer: Int32Array): number {
    outer[parent] = inner[child];
    inner[child] = parent;
    this.#sumUp(parent);
    this.#sumUp(child);
    return child;
  }

  #remove(node: number): number {
    const rest = this.#join(this.#before[node], this.#after[node]);
    this.#give(node);
    return rest;
  }

  /** One tree of two, all of the first being earlier in the day. */
  #join(before: number, after: number): number {
    if (before === NONE) return after;
    if (after === NONE) return before;
    if (isHigher(this.#time[before], this.#time[after])) {
      this.#after[before] = this.#join(this.#after[before], after);
      this.#sumUp(before);
      return before;
    }
    this.#before[after] = this.#join(before, this.#before[after]);
    this.#sumUp(after);
    return after;
  }

  #sumUp(node: number): void {
    const before = this.#before[node];
    const after = this.#after[node];
    this.#sum[node] = this.#amount[node] + (before === NONE ? 0 : this.#sum[before]) + (after === NONE ? 0 : this.#sum[after]);
  }

  #take(time: number, amount: number): number {
    let node = this.#free;
    if (node === NONE) {
      if (this.#used === this.#time.length) this.#grow();
      node = this.#used++;
    } else this.#free = this.#after[node];
    this.#time[node] = time;
    this.#amount[node] = amount;
    this.#sum[node] = amount;
    this.#before[node] = NONE;
    this.#after[node] = NONE;
    return node;
  }

  #give(node: number): void {
    this.#after[node] = this.#free;
    this.#free = node;
  }

  #grow(): void {
    const length = this.#time.length * 2;
    this.#time = widen(this.#time, new Int32Array(length));
    this.#amount = widen(this.#amount, new Float64Array(length));
    this.#sum = widen(this.#sum, new Float64Array(length));
    this.#before = widen(this.#before, new Int32Array(length));
    this.#after = widen(this.#after, new Int32Array(length));
  }

  #growRoots(position: number): void {
    this.#roots = widen(this.#roots, new Int32Array(position * 2).fill(NONE));
  }
}

/** Does the node of time `a` stand above that of time `b`? The hash is a bijection, so no two times are level. */
function isHigher(a: number, b: number): boolean {
  return hash(a) > hash(b);
}

function hash(time: number): number {
  let h = imul(time ^ (time >>> 16), 0x7feb352d);
  h = imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

function widen<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

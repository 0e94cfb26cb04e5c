/*
 * The limit: the kernel benchmark's workload in C, as its yardstick. Same rules, the same things kept and the same
 * answers as the engine (tranches with id and provenance, taken newest first; exits with their withdrawal; cumulative
 * flows a position; held share and days each epoch; geometric multiplier), written for speed: contiguous stacks,
 * 128-bit sums, and the engine's shortcut where a withdrawal takes all there is.
 *
 * ledger_kernel <workload file> <runs>: reads the file that kernel/workload-file.ts writes, runs it a number of times and prints
 * a JSON object a run: its wall and CPU time, and the figures that must equal the engine's.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  int64_t remaining, received, entry_ms, id;
  int32_t block, extrinsic, event, source;
} tranche;

typedef struct {
  tranche *items;
  uint32_t count, capacity;
} stack;

typedef struct {
  stack held[2]; /* by source */
  int64_t total, received, remaining, aged_ms, held_manually, inflow, emission, outflow;
  unsigned __int128 age; /* sum of remaining * age as of aged_ms */
} position;

/* One withdrawal; its exits are those from `first` to the next one's. */
typedef struct {
  int64_t time_ms;
  int32_t position, reason;
  uint64_t first;
} withdrawal;

typedef struct {
  int64_t miners, epochs, start_ms, epoch_ms, events;
} header;

enum { MANUAL, EARNED };
enum { RING = 64, EXIT_RING = 65536, WITHDRAWAL_RING = 4096 };

static struct {
  uint64_t count;
  int64_t rows[EXIT_RING][3]; /* tranche, taken, held before */
} exits;

static struct {
  uint64_t count;
  withdrawal rows[WITHDRAWAL_RING];
} withdrawals;

static void push(stack *s, int64_t amount, int64_t entry_ms, int64_t id, int32_t source) {
  if (s->count == s->capacity) {
    s->capacity = s->capacity ? s->capacity * 2 : 16;
    s->items = realloc(s->items, s->capacity * sizeof(tranche));
    if (!s->items) abort();
  }
  s->items[s->count++] = (tranche){amount, amount, entry_ms, id, -1, -1, -1, source};
}

static int newer(const tranche *a, const tranche *b) {
  return a->entry_ms > b->entry_ms || (a->entry_ms == b->entry_ms && a->id > b->id);
}

/* The source whose newest tranche is the newest; one of the two holds something. */
static int newest(const stack *held) {
  const stack *m = &held[MANUAL], *e = &held[EARNED];
  if (e->count == 0) return MANUAL;
  return m->count != 0 && newer(&m->items[m->count - 1], &e->items[e->count - 1]) ? MANUAL : EARNED;
}

static void log_exit(const tranche *t, int64_t taken) {
  int64_t *row = exits.rows[exits.count++ & (EXIT_RING - 1)];
  row[0] = t->id;
  row[1] = taken;
  row[2] = t->remaining;
}

static void grow_older(position *p, int64_t now) {
  p->age += (unsigned __int128)p->remaining * (uint64_t)(now - p->aged_ms);
  p->aged_ms = now;
}

static void take_everything(position *p, int64_t now) {
  while (p->held[MANUAL].count != 0 || p->held[EARNED].count != 0) {
    stack *s = &p->held[newest(p->held)];
    const tranche *top = &s->items[--s->count];
    log_exit(top, top->remaining);
  }
  p->held_manually = p->remaining = 0;
  p->age = 0;
  p->aged_ms = now;
}

static void take_newest_first(position *p, int64_t now, int64_t left) {
  grow_older(p, now);
  while (left > 0) {
    int source = newest(p->held);
    stack *s = &p->held[source];
    tranche *top = &s->items[s->count - 1];
    int64_t take = left < top->remaining ? left : top->remaining;
    left -= take;
    if (source == MANUAL) {
      p->held_manually -= take;
    } else {
      p->remaining -= take;
      p->age -= (unsigned __int128)take * (uint64_t)(now - top->entry_ms);
    }
    log_exit(top, take);
    top->remaining -= take;
    if (top->remaining == 0) s->count--;
  }
}

static double at_most_one(double x) { return x < 1 ? x : 1; }

static double now_s(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *f = fopen(argv[1], "rb");
  int runs = atoi(argv[2]);
  header h;
  if (!f || fread(&h, sizeof h, 1, f) != 1) return 2;
  size_t cells = (size_t)(h.miners * h.epochs), n = (size_t)h.events;
  double *emission = malloc(cells * 8), *event_ms = malloc(n * 8), *event_rao = malloc(n * 8);
  int32_t *event_miner = malloc(n * 4);
  if (!emission || !event_ms || !event_rao || !event_miner) return 2;
  if (fread(emission, 8, cells, f) != cells || fread(event_ms, 8, n, f) != n || fread(event_rao, 8, n, f) != n ||
      fread(event_miner, 4, n, f) != n)
    return 2;
  fclose(f);
  double *days_ring = malloc(RING * (size_t)h.miners * 8), *multiplier_ring = malloc(RING * (size_t)h.miners * 8);
  for (int run = 0; run < runs; run++) {
    double wall = now_s(CLOCK_MONOTONIC), cpu = now_s(CLOCK_PROCESS_CPUTIME_ID);
    position *positions = calloc((size_t)h.miners, sizeof *positions);
    exits.count = withdrawals.count = 0;
    int64_t id = 0;
    double days_sum = 0, multiplier_sum = 0;
    size_t next = 0;
    for (int64_t epoch = 0; epoch <= h.epochs; epoch++) {
      int64_t end_ms = h.start_ms + (epoch + 1) * h.epoch_ms;
      for (; next < n && (epoch == h.epochs || event_ms[next] < (double)end_ms); next++) {
        position *p = &positions[event_miner[next]];
        int64_t amount = (int64_t)event_rao[next], now = (int64_t)event_ms[next];
        if (amount > 0) {
          push(&p->held[MANUAL], amount, now, id++, MANUAL);
          p->total += amount;
          p->held_manually += amount;
          p->inflow += amount;
          continue;
        }
        int64_t taken = -amount, held = p->total;
        if (taken > held) return 3;
        p->total = held - taken;
        p->outflow += taken;
        withdrawals.rows[withdrawals.count++ & (WITHDRAWAL_RING - 1)] = (withdrawal){now, event_miner[next], 0, exits.count};
        if (taken == held)
          take_everything(p, now);
        else
          take_newest_first(p, now, taken);
      }
      if (epoch == h.epochs) break;
      size_t ring = (size_t)(epoch % RING) * (size_t)h.miners;
      double days_epoch = 0, multiplier_epoch = 0;
      const double *row = emission + (size_t)(epoch * h.miners);
      for (int64_t i = 0; i < h.miners; i++) {
        position *p = &positions[i];
        grow_older(p, end_ms);
        double share = 0, days = 0, multiplier = 1;
        if (p->remaining > 0) {
          share = (double)p->remaining / (double)p->received;
          days = (double)p->age / (double)p->remaining / 86400000.0;
        }
        if (p->received > 0) multiplier = 1 + sqrt(at_most_one(share / 0.9) * at_most_one(days / 30)) * 0.5;
        days_ring[ring + (size_t)i] = days;
        multiplier_ring[ring + (size_t)i] = multiplier;
        days_epoch += days;
        multiplier_epoch += multiplier;
      }
      days_sum += days_epoch;
      multiplier_sum += multiplier_epoch;
      for (int64_t i = 0; i < h.miners; i++) {
        position *p = &positions[i];
        int64_t amount = (int64_t)row[i];
        push(&p->held[EARNED], amount, end_ms, id++, EARNED);
        p->total += amount;
        p->emission += amount;
        p->received += amount;
        p->remaining += amount;
      }
    }
    int64_t total = 0;
    for (int64_t i = 0; i < h.miners; i++) {
      total += positions[i].total;
      free(positions[i].held[MANUAL].items);
      free(positions[i].held[EARNED].items);
    }
    free(positions);
    cpu = now_s(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = now_s(CLOCK_MONOTONIC) - wall;
    printf("{\"wallMs\":%.4f,\"cpuMs\":%.4f,\"exits\":%llu,\"remainingRao\":%lld,\"heldDaysSum\":%.17g,\"multiplierSum\":%.17g}\n",
           wall * 1000, cpu * 1000, (unsigned long long)exits.count,
           (long long)total, days_sum, multiplier_sum);
  }
  return 0;
}

import type { World } from "./books/world.js";
import { ExactSum } from "./kernel/money.js";
import { POSITION_STATE } from "./ledger/position-state.js";
import { writeTranche } from "./ledger/tranche-rows.js";
import { TRANCHE } from "./ledger/tranche-store.js";
import { measuredRules } from "./metrics/measured-rules.js";
import { moduleSummaries } from "./modules/modules.js";
import type { SubnetModule } from "./modules/subnet-module.js";
import type { SimulationSummary } from "./protocol.js";
import type { RowsRead } from "./rows-read.js";
import { ROLES } from "./tables/streams.js";
import { runWarnings } from "./warnings.js";

/** Writes what is only known at the end: tables of modules, positions, the tranches still held, schedules. */
export function writeClosingTables(world: World, modules: readonly SubnetModule[], endMs: number): void {
  for (const module of modules) module.writeClosingTables();
  const { outputs, positions, book, addresses, payroll } = world;
  const { store, state } = book.simulated;
  for (let position = 0; position < positions.count; position++) {
    const netuid = positions.netuid[position];
    const base = position * POSITION_STATE.STRIDE;
    const total = state[base + POSITION_STATE.TOTAL];
    const manual = state[base + POSITION_STATE.MANUAL];
    const seat = world.subnet(netuid).registry.seatOf(positions.hotkey[position]);
    const uid = seat !== undefined && seat.coldkey === positions.coldkey[position] ? seat.uid : -1;
    outputs.tables.positions?.write({
      position,
      netuid,
      hotkey: addresses.nameOf(positions.hotkey[position]),
      coldkey: addresses.nameOf(positions.coldkey[position]),
      uid,
      role: ROLES[world.role[position]],
      stakeRao: total,
      manualRao: manual,
      earnedRao: total - manual,
      recordedRao: payroll.totals.recordedRao(position).toString(),
      paidRao: payroll.totals.paidRao(position).toString(),
    });
    writeRolePay(world, position);
    const tranches = outputs.tables.tranches;
    if (tranches === null) continue;
    for (let source = 0; source < 2; source++) {
      const list = position * 2 + source;
      for (let slot = store.head[list]; slot !== -1; slot = store.newer(list, slot)) {
        const cell = slot * TRANCHE.CELL_STRIDE;
        const origin = slot * TRANCHE.ORIGIN_STRIDE;
        if (store.cells[cell + TRANCHE.REMAINING] === 0) continue;
        writeTranche(tranches, store, position, source, cell, origin, endMs);
      }
    }
  }
  for (const schedule of world.schedules?.all ?? []) {
    const { id, position, startMs, endMs: dueMs, amountRao, instalments, paid, paidRao } = schedule;
    const status = paid === instalments ? "completed" : "active";
    const row = { schedule: id, position, startMs, endMs: dueMs, amountRao, instalments, paid, paidRao, status } as const;
    outputs.tables.schedules?.write(row);
  }
}

/** What a position was paid in each role, where it was paid in several. */
function writeRolePay({ outputs, payroll }: World, position: number): void {
  const paid = ROLES.map((role, code) => ({ role, ...payroll.inRoleOf(position, code) }));
  const roles = paid.filter(({ recordedRao, paidRao }) => recordedRao > 0n || paidRao > 0n);
  if (roles.length < 2) return;
  for (const { role, recordedRao, paidRao } of roles) {
    outputs.tables.role_pay?.write({ position, role, recordedRao: recordedRao.toString(), paidRao: paidRao.toString() });
  }
}

export function summarise(
  world: World,
  read: RowsRead,
  modules: readonly SubnetModule[],
  firstMs: number | null,
  lastMs: number | null,
): SimulationSummary {
  const { book, positions, outputs, flowTotals } = world;
  const { epochs } = read;
  const rules = measuredRules(world.configuration);
  const remaining = new ExactSum();
  const events = Object.fromEntries(read.cursors.map((cursor) => [cursor.description.name, cursor.read]));
  for (let position = 0; position < positions.count; position++) remaining.add(book.totalOf(position));
  return {
    firstMs,
    lastMs,
    events,
    positions: positions.count,
    epochs: epochs.epochs,
    tranches: book.tranches,
    exits: flowTotals.exits,
    rejections: { ...flowTotals.rejections },
    unexplainedRao: flowTotals.unexplainedRao.toString(),
    roundingRao: flowTotals.roundingRao.toString(),
    inflowRao: flowTotals.inflowRao.toString(),
    emissionRao: book.emissionRao.toString(),
    outflowRao: flowTotals.outflowRao.toString(),
    fromOutsideRao: flowTotals.fromOutsideRao.toString(),
    remainingRao: remaining.toString(),
    unallocatedRao: epochs.unallocatedRao.toString(),
    outsideRao: epochs.outsideRao.toString(),
    residualRao: world.configuration.stages === null ? null : epochs.residuals.summary(),
    rows: outputs.rows(),
    metrics: epochs.metrics.summary(rules),
    ...(epochs.spans === null ? {} : { spans: epochs.spans.summaries(rules) }),
    ...moduleSummaries(modules),
    warnings: runWarnings(world, read, modules, { firstMs, lastMs }),
  };
}

/**
 * Sessions of shore, generator and alternator: from the first report with power or voltage at the input to the last one.
 * A session counts when a second report confirms it, and is over when both were gone for two minutes, or when nothing
 * more is heard of its module. Its energy is that of its stretches; time that no stretch covers adds nothing. An AC input
 * at rest tells 0 V. src: inVol 231600 charging and 0 unplugged, test/captures answer-ichigh and full-record-charging
 */

import { toleranceOf } from './cadence.ts'
import { socOf } from './charge.ts'
import type { LineBuilder } from './encode.ts'
import { gapFloorMs } from './numbers.ts'
import { areaAbove, rampStart } from './ramp.ts'
import { wattsBeforeOf, wattsOf } from './readings.ts'
import { type RunEnd, writeRun } from './runs-row.ts'
import type { Run, RunKind } from './runs-state.ts'
import { type KitState, type ModuleState, moduleKey, valueNamed } from './state.ts'

const AC_W = 20
/** Half the voltage of the weakest mains. */
const AC_V = 80
const ALTERNATOR_W = 5
/** `source` of the DC input. src: powerkits-api.txt L1402 */
const ALTERNATOR = 1
const END_MS = 120_000
const HOUR_MS = 3_600_000
const MS_PER_HOUR = 3_600_000

/** Whether something feeds the input; undefined where it is not told. */
type IsThere = (module: ModuleState, watts: number) => boolean | undefined

/** Whether something feeds the AC input of this inverter, of which `watts` come in. */
export const isAcThere: IsThere = (module, watts) => {
  const volts = valueNamed(module, 'input_voltage_v')
  return Number.isNaN(watts) && Number.isNaN(volts) ? undefined : watts >= AC_W || volts >= AC_V
}

const isAlternatorThere: IsThere = (module, watts) => {
  const source = valueNamed(module, 'source')
  return Number.isNaN(watts) || Number.isNaN(source) ? undefined : source === ALTERNATOR && watts >= ALTERNATOR_W
}

/** What stands behind the AC input: what its owner says, else shore. */
export const acSourceOf = ({ site }: KitState): 'shore' | 'generator' => site.acInput ?? 'shore'

interface Input {
  readonly flow: 'ac_in' | 'dc_in'
  readonly isThere: IsThere
  readonly kindOf: (kit: KitState) => RunKind
}

const INPUTS: Readonly<Record<string, Input>> = {
  inverter_ac: { flow: 'ac_in', isThere: isAcThere, kindOf: acSourceOf },
  dc_input: { flow: 'dc_in', isThere: isAlternatorThere, kindOf: () => 'alternator' },
}

const meterOf = ({ table }: ModuleState, { flow }: Input): number => table.meters.findIndex((one) => one.flow === flow)

/** Adds the stretch between the last two reports. */
const add = (run: Run, { readings }: ModuleState, meter: number, fromAt: number, at: number): void => {
  const [before, now] = [wattsBeforeOf(readings, meter), wattsOf(readings, meter)]
  if (fromAt === 0 || Number.isNaN(before + now)) run.uncoveredMs += at - run.heardAt
  else {
    const rampAt = rampStart(fromAt, at)
    run.wh += (areaAbove(before, before, rampAt - fromAt) + areaAbove(before, now, at - rampAt)) / MS_PER_HOUR
  }
}

const drop = ({ history }: KitState, run: Run): void => {
  history.runs.open = history.runs.open.filter((one) => one !== run)
}

const end = (kit: KitState, run: Run, why: RunEnd, into: LineBuilder): void => {
  drop(kit, run)
  if (!run.isSure) return
  writeRun(kit, run, why, into)
  if (run.kind === 'shore' && why === 'gone') kit.history.alarms.shoreGoneAt = run.heardAt
}

const begin = (kit: KitState, module: ModuleState, input: Input, meter: number, fromAt: number, at: number): void => {
  const soc = socOf(kit, at)
  const run: Run = {
    kind: input.kindOf(kit),
    moduleKind: module.table.module.kind,
    moduleSn: module.sn,
    startAt: at,
    isBeginSeen: fromAt > 0 && !Number.isNaN(wattsBeforeOf(module.readings, meter)),
    isSure: false,
    ...{ lastAt: at, heardAt: at, writtenAt: at },
    ...{ wh: 0, uncoveredMs: 0 },
    ...(soc !== undefined && { socFrom: soc, socTo: soc }),
  }
  // What ramps up to its first report is its own.
  add(run, module, meter, fromAt, at)
  kit.history.runs.open.push(run)
}

/** A report with it. */
const confirm = (kit: KitState, run: Run, at: number, into: LineBuilder): void => {
  run.lastAt = at
  if (run.isSure) return
  run.isSure = true
  writeRun(kit, run, 'open', into)
}

const goOn = (kit: KitState, run: Run, isThere: boolean | undefined, at: number, into: LineBuilder): void => {
  run.heardAt = at
  if (isThere === true) confirm(kit, run, at, into)
  else if (!run.isSure) drop(kit, run)
  else if (at - run.lastAt >= END_MS) end(kit, run, isThere === undefined ? 'untold' : 'gone', into)
}

/** Call after each report of a module with meters, the stretch of which began at `fromAt`. */
export const trackRuns = (kit: KitState, module: ModuleState, fromAt: number, at: number, into: LineBuilder): void => {
  const input = INPUTS[module.table.module.measurement]
  if (input === undefined) return
  const meter = meterOf(module, input)
  const isThere = input.isThere(module, wattsOf(module.readings, meter))
  const { kind } = module.table.module
  const run = kit.history.runs.open.find((one) => one.moduleSn === module.sn && one.moduleKind === kind)
  if (run && at - run.heardAt <= toleranceOf(module)) {
    add(run, module, meter, fromAt, at)
    return goOn(kit, run, isThere, at, into)
  }
  if (run) end(kit, run, 'silent', into)
  if (isThere === true) begin(kit, module, input, meter, fromAt, at)
}

/** The state of charge as the session goes on; that of its start may come a little late. */
const noteCharge = (kit: KitState, run: Run, at: number): void => {
  const soc = socOf(kit, at)
  if (soc === undefined) return
  run.socTo = soc
  if (at - run.startAt <= gapFloorMs(kit.numbers)) run.socFrom ??= soc
}

/** The whole minute `at` (epoch ms): sessions of modules that fell silent end, and each hour there is a row of the others. */
export const tickRuns = (kit: KitState, at: number, into: LineBuilder): void => {
  for (const run of kit.history.runs.open) {
    const module = kit.modules.get(moduleKey(run.moduleKind, run.moduleSn))
    if (module === undefined || at - run.heardAt > toleranceOf(module)) {
      end(kit, run, 'silent', into)
      continue
    }
    if (run.lastAt === run.heardAt) noteCharge(kit, run, at)
    if (!run.isSure || at - run.writtenAt < HOUR_MS) continue
    run.writtenAt = at
    writeRun(kit, run, 'open', into)
  }
}

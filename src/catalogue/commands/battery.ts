/** Commands to the battery packs: all packs at once, since the vendor tells no way to address one. */
import { type Command, type Comparison, command, type Reported } from '../command.ts'
import { minutes, onOff, percent, seconds, toKit } from './parameters.ts'
import { bit } from './wire-form.ts'

const toPacks = { addressee: 'packs', moduleType: 0, transports: ['mqtt', 'http'] } as const satisfies Partial<Command>

/** Below this a pack may be too empty to start again by itself. */
const LOW_PCT = 10

/** Whether a limit lies on its side of the other one, as the kit reports it now. */
export const beside = (
  side: 'above' | 'below',
  limitPct: number,
  other: string,
  otherPct: number | undefined,
): Comparison => {
  if (otherPct === undefined) return { isOk: true, text: `The kit has not told its ${other} yet: not compared.` }
  const isOk = side === 'above' ? limitPct > otherPct : limitPct < otherPct
  const text = isOk
    ? `${limitPct} % is ${side} the ${other}, which is ${otherPct} % now.`
    : `${limitPct} % must be ${side} the ${other}, which is ${otherPct} % now.`
  return { isOk, text }
}

const chargeLimit = command({
  name: 'battery.charge-limit',
  is: 'State of charge up to which the packs are charged',
  operateType: 'socUpperLimit',
  params: toKit({ percent: percent([50, 100], 'upper limit') }),
  example: { percent: 80 },
  ...toPacks,
  wire: (params) => ({ maxChgSoc: params.percent }),
  readBack: (params) => [{ kind: 'bmstotal', field: 'bmsChgUpline', expected: params.percent }],
  compare: (params, reported) =>
    beside('above', params.percent, 'discharge limit', reported('bmstotal', 'discharge_limit_pct')),
  confidence: 'document',
  src: 'powerkits-api.txt L331-341, L1920-1929; read back L399, L417',
})

const leavesNoSupply = (limitPct: number, reported: Reported): boolean => {
  const chargePct = reported('bmstotal', 'soc_pct')
  return chargePct === undefined || limitPct >= chargePct
}

const dischargeLimit = command({
  name: 'battery.discharge-limit',
  is: 'State of charge down to which the packs supply',
  operateType: 'socLowerLimit',
  params: toKit({ percent: percent([0, 50], 'lower limit') }),
  example: { percent: 20 },
  ...toPacks,
  wire: (params) => ({ minDsgSoc: params.percent }),
  readBack: (params) => [{ kind: 'bmstotal', field: 'bmsDsgDownline', expected: params.percent }],
  compare: (params, reported) =>
    beside('below', params.percent, 'charge limit', reported('bmstotal', 'charge_limit_pct')),
  danger: {
    when: `below ${LOW_PCT} %, or not below the present state of charge`,
    why:
      'Packs drained so far may not start again by themselves; at a limit that is already reached the kit stops ' +
      'supplying at once, perhaps the collector too.',
    applies: (params, reported) => params.percent < LOW_PCT || leavesNoSupply(params.percent, reported),
  },
  confidence: 'document',
  src: 'powerkits-api.txt L476-486, L1948-1957; read back L410, L420',
})

const screen = command({
  name: 'battery.screen-off',
  is: 'After how long the screens of the packs go dark; 0: never',
  operateType: 'lcdStandbyMin',
  params: toKit({ seconds: seconds([0, 65_534], 'time until they go dark') }),
  example: { seconds: 300 },
  ...toPacks,
  // Seconds in spite of the names. src: powerkits-api.txt L487
  wire: (params) => ({ minute: params.seconds }),
  readBack: (params) => [{ kind: 'bmstotal', field: 'lcdOffConfirmS', expected: params.seconds }],
  confidence: 'document',
  src: 'powerkits-api.txt L491-501, L1976-1985; read back L1175',
})

const powerOff = command({
  name: 'battery.power-off',
  is: 'Switches the packs off, and with them the kit',
  operateType: 'powerOff',
  params: toKit({}),
  example: {},
  ...toPacks,
  wire: () => ({ enable: 1 }),
  readBack: () => 'A kit that is off reports nothing: it only falls silent.',
  danger: {
    when: 'always',
    why: 'The packs go off, perhaps the hub too: nothing but the button on the kit can then switch it on.',
    applies: () => true,
  },
  confidence: 'document',
  src: 'powerkits-api.txt L506-516, L2004-2013',
})

const heating = command({
  name: 'battery.heating',
  is: 'Whether cold packs may be heated from their own charge',
  operateType: 'ptcDsgCale',
  params: toKit({ on: onOff('whether they may') }),
  example: { on: true },
  ...toPacks,
  wire: ({ on }) => ({ enable: bit(on) }),
  readBack: () => 'No report carries this setting; packs report heating only while they are cold and heat.',
  confidence: 'document',
  src: 'powerkits-api.txt L521-531, L2032-2041',
})

const clearErrors = command({
  name: 'battery.clear-errors',
  is: 'Clears the charging errors of the packs',
  operateType: 'clearError',
  params: toKit({}),
  example: {},
  ...toPacks,
  wire: () => ({ enable: 1 }),
  readBack: () =>
    'No report says that errors were cleared; an error that is gone shows in the error codes of the packs.',
  confidence: 'document',
  differs: 'We send 1, "on" in the document’s own words; its example sends 0, "off", which would clear nothing.',
  src: 'powerkits-api.txt L536-546, L2060-2069',
})

const lowPower = command({
  name: 'battery.low-power-shutdown',
  is: 'After how long in low power mode of AC and DC the kit switches off; what 0 does is not told',
  operateType: 'acDcLsplCfg',
  params: toKit({ minutes: minutes([0, 65_534], 'time in low power mode') }),
  example: { minutes: 1440 },
  ...toPacks,
  wire: (params) => ({ recv: Array<number>(30).fill(0), acDcLsplOvertime: params.minutes }),
  readBack: (params) => [{ kind: 'bmstotal', field: 'acDcLsplShutdMin', expected: params.minutes }],
  danger: {
    when: 'always',
    why: 'The kit then switches itself off while little is drawn, and with it the way to switch it on again.',
    applies: () => true,
  },
  confidence: 'document',
  src: 'powerkits-api.txt L581-623, L2144-2185; unit 1440 in a real record; read back L1166',
})

export const batteryCommands = [chargeLimit, dischargeLimit, screen, powerOff, heating, clearErrors, lowPower]

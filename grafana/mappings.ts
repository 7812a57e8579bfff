/** Numbers and absences in words and colours, the same on every board. */
import {
  type DynamicConfigValue,
  FieldColorModeId,
  MappingType,
  SpecialValueMatch,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { COMMAND_STATES } from '../src/control/command-record.ts'
import { VERDICTS } from '../src/track/verdict.ts'
import { BAD, GOOD, STALE, WATCH } from './colours.ts'

/** A value that is not there: nothing current is known. */
export const STALE_MAPPING: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.Null, result: { text: 'stale', color: STALE, index: 0 } },
}

/** A value that need not be there. */
const ABSENT_MAPPING: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.Null, result: { text: '–', color: STALE, index: 0 } },
}

const words = (entries: readonly (readonly [number, string, string])[]): ValueMapping => ({
  type: MappingType.ValueToText,
  options: Object.fromEntries(entries.map(([code, text, color], index) => [String(code), { text, color, index }])),
})

const colourOfVerdict = (code: number): string =>
  code <= VERDICTS.asleep.code ? GOOD : code === VERDICTS.degraded.code ? WATCH : code < 6 ? BAD : STALE

export const VERDICT_WORDS = words(
  Object.entries(VERDICTS).map(([word, { code }]) => [code, word.replaceAll('_', ' '), colourOfVerdict(code)]),
)

export const COMMAND_WORDS = words(
  Object.entries(COMMAND_STATES).map(([word, { code }]) => [code, word, code < 2 ? WATCH : code === 2 ? GOOD : BAD]),
)

export const YES_NO = words([
  [0, 'no', STALE],
  [1, 'yes', GOOD],
])

/** Of what nobody wants. */
export const FAULT = words([
  [0, 'no', GOOD],
  [1, 'yes', BAD],
])

export const ON_OFF = words([
  [0, 'off', STALE],
  [1, 'on', GOOD],
])

export interface Step {
  /** `null` is below all. */
  readonly value: number | null
  readonly color: string
}

/** Without colours of its own Grafana shows every number of a tile from 80 up in red. */
export const PLAIN = {
  thresholds: { build: () => ({ mode: ThresholdsMode.Absolute, steps: [{ value: null, color: 'text' }] }) },
  scheme: { build: () => ({ mode: FieldColorModeId.Thresholds }) },
} as const

/** Colours by the value, from the lowest up. */
export const byValue = (...steps: readonly Step[]): DynamicConfigValue[] => [
  { id: 'thresholds', value: { mode: 'absolute', steps } },
  { id: 'color', value: { mode: 'thresholds' } },
]

export const mapped = (...mappings: readonly ValueMapping[]): DynamicConfigValue => ({
  id: 'mappings',
  value: mappings,
})

/** For what is often not there, and not for being old: one of two estimates, what depends on a setting. */
export const MAY_LACK: readonly DynamicConfigValue[] = [mapped(ABSENT_MAPPING)]

/** The same, told in words. */
export const orNothing = (mapping: ValueMapping): DynamicConfigValue[] => [mapped(mapping, ABSENT_MAPPING)]

/** Seconds since the last report: grey beyond five minutes. */
export const AGE: readonly DynamicConfigValue[] = byValue(
  { value: null, color: GOOD },
  { value: 120, color: WATCH },
  { value: 300, color: STALE },
)

export const SOC: readonly DynamicConfigValue[] = byValue(
  { value: null, color: BAD },
  { value: 20, color: WATCH },
  { value: 40, color: GOOD },
)

/** Anything above 0 is bad. */
export const NONE_IS_GOOD: readonly DynamicConfigValue[] = byValue(
  { value: null, color: GOOD },
  { value: 1, color: BAD },
)

/** Per cent of time that is covered. */
export const COMPLETE: readonly DynamicConfigValue[] = byValue(
  { value: null, color: BAD },
  { value: 95, color: WATCH },
  { value: 99, color: GOOD },
)

/** What we would send against what the vendor's document sends: the keys in which a message differs from its example. */
import { describePlan, type Planned, planCommand } from '../../src/control/plan.ts'
import { VENDOR_COMMANDS, VENDOR_ID, type VendorCommand } from '../catalogue/vendor-commands.ts'
import { VENDOR_KIT_SN, vendorKit } from './vendor-kit.ts'

export interface Compared {
  readonly example: VendorCommand
  /** `L15-25`, with the keys that differ, a key out of order among them. */
  readonly http: { readonly lines: string; readonly differing: readonly string[] }
  /** Undefined where the MQTT part of the document leaves the command out. */
  readonly mqtt: { readonly lines: string; readonly differing: readonly string[] } | undefined
}

const leaves = (value: unknown, path: string): [string, string][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
    : [[path, JSON.stringify(value)]]

/** Keys that are not in the same place with the same value on both sides. */
const differing = (ours: unknown, theirs: unknown): string[] => {
  const [left, right] = [leaves(ours, ''), leaves(theirs, '')]
  const differs = ([key, text]: [string, string], at: number, other: [string, string][]): boolean =>
    other[at]?.[0] !== key || other[at]?.[1] !== text
  const keys = [
    ...left.filter((one, at) => differs(one, at, right)),
    ...right.filter((one, at) => differs(one, at, left)),
  ].map(([key]) => key)
  return [...new Set(keys)]
}

const plan = (name: string, given: unknown): Planned => {
  const planning = planCommand(name, given, vendorKit(), { wireId: VENDOR_ID, addressing: new Map() })
  if ('refusal' in planning) throw new Error(planning.refusal.text)
  return planning.planned
}

const asLines = ([from, to]: readonly [number, number]): string => `L${from}-${to}`

const compare = (example: VendorCommand): Compared => {
  const { name, given, moduleSn, moduleType, operateType, params } = example
  const { mqttGiven = given, mqttParams = params, mqttLines } = example
  const [id, version] = [VENDOR_ID, '1.0']
  const address = { moduleSn, moduleType, operateType }
  const http = describePlan(plan(name, given), undefined).message
  const mqtt = describePlan(plan(name, mqttGiven), '/open/open-1/set').message
  return {
    example,
    http: {
      lines: asLines(example.httpLines),
      differing: differing(http, { id, version, sn: VENDOR_KIT_SN, ...address, params }),
    },
    mqtt: mqttLines && {
      lines: asLines(mqttLines),
      differing: differing(mqtt, { id, version, ...address, params: mqttParams }),
    },
  }
}

/** All 27, in the order of the document. */
export const compareWithVendor = (): Compared[] => VENDOR_COMMANDS.map(compare)

/** A control that does what a test says, and remembers what it was asked: no kit is behind it. */
import type { CommandRecord } from '../../src/control/command-record.ts'
import type { Answer, Asked, Control, Plan } from '../../src/control/control.ts'
import { START } from './van.ts'

export const PLAN: Plan = {
  transport: 'mqtt',
  to: '/open/open-1/M109ZEB4ZE7B0001/set',
  message: { id: 7, version: '1.0', operateType: 'dischgIcParaSet', params: { powerOn: 1 } },
  checks: ['the kit has an iclow'],
  readBack: 'ichigh.invSwSta is 1',
}

export interface ScriptedControl extends Control {
  readonly asked: readonly Asked[]
  /** The command changes so; whoever follows it hears. */
  change(id: string, changes: Partial<CommandRecord>): void
  /** How many follow it. */
  followers(id: string): number
}

const recordOf = ({ kitSn, command, params, by, idempotencyKey }: Asked, count: number): CommandRecord => ({
  id: `id-${count}`,
  wireId: count,
  kitSn,
  command,
  operateType: 'dischgIcParaSet',
  params: params as CommandRecord['params'],
  by,
  idempotencyKey: idempotencyKey ?? '',
  askedAt: START,
  state: 'accepted',
  transport: 'mqtt',
  isAcknowledged: false,
  sentAt: undefined,
  acknowledgedAt: undefined,
  endedAt: undefined,
  text: 'Checked; it is being sent.',
  readBack: [{ kind: 'ichigh', field: 'invSwSta', expected: 1 }],
})

/** Takes every command, unless `refuse` gives an answer of its own. */
export const createScripted = (refuse: (asked: Asked) => Answer | undefined = () => undefined): ScriptedControl => {
  const asked: Asked[] = []
  const records = new Map<string, CommandRecord>()
  const hearers = new Map<string, Set<(record: CommandRecord) => void>>()
  const hearersOf = (id: string) => hearers.get(id) ?? hearers.set(id, new Set()).get(id)!
  return {
    asked,
    ask: async (one) => {
      asked.push(one)
      const refused = refuse(one)
      if (refused) return refused
      if (one.isDryRun) return { isOk: true, record: undefined, plan: PLAN }
      const record = recordOf(one, records.size + 1)
      records.set(record.id, record)
      return { isOk: true, record, plan: PLAN }
    },
    get: (id) => records.get(id),
    list: (kitSn) => [...records.values()].filter((one) => kitSn === undefined || one.kitSn === kitSn).reverse(),
    follow: (id, onChange) => {
      hearersOf(id).add(onChange)
      onChange(records.get(id)!)
      return () => hearersOf(id).delete(onChange)
    },
    observe: () => undefined,
    close: async () => undefined,
    change: (id, changes) => {
      const record = { ...records.get(id)!, ...changes }
      records.set(id, record)
      for (const hear of hearersOf(id)) hear(record)
    },
    followers: (id) => hearersOf(id).size,
  }
}

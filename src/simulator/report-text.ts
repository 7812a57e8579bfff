/**
 * The text of a kit's messages, in two forms. `open`: the open channel as inferred from working clients (module serial
 * number at the top, flat changed fields). `app`: the app channel as recorded (JSON strings keyed by serial number, ids
 * beyond 2^53 that no JavaScript number can hold, module types as words).
 */
import type { WireFields } from './wire-number.ts'

export type ReportForm = 'open' | 'app'

/** What a message says, whatever its form. `uptimeMs` counts from the kit's start-up. */
export interface Saying {
  readonly at: number
  readonly uptimeMs: number
  /** Counts this kit's messages. */
  readonly number: number
  readonly kind: string
  readonly sn: string
  readonly moduleType: number
  readonly fields: WireFields
  readonly operateType: 'heartBeat' | 'mainBP' | 'wattPush'
}

const openText = (saying: Saying): string =>
  JSON.stringify({
    id: 1 + (saying.number % 2_147_483_646),
    version: '1.0',
    time: saying.uptimeMs,
    moduleSn: saying.sn,
    moduleType: saying.moduleType,
    params: saying.fields,
  })

const appText = (saying: Saying): string => {
  const id = BigInt(saying.at) * 1_000_000n + BigInt(saying.number % 1_000_000)
  const isWatt = saying.operateType === 'wattPush'
  const isList = saying.kind === 'onLineModuleSnList'
  const rest = JSON.stringify({
    version: '1.0',
    timestamp: Math.floor(saying.at / 1000),
    moduleSn: saying.sn,
    moduleType: isWatt ? String(saying.moduleType) : saying.kind,
    operateType: saying.operateType,
    params: isList ? saying.fields : { [saying.kind]: JSON.stringify({ [saying.sn]: saying.fields }) },
  })
  return `{"addr":0,"cmdFunc":0,"cmdId":0,"id":${id},${rest.slice(1)}`
}

export const reportText = (form: ReportForm, saying: Saying): string =>
  form === 'open' ? openText(saying) : appText(saying)

/** 1 online, 0 offline. */
export const statusText = (at: number, number: number, isOnline: boolean): string =>
  JSON.stringify({ id: String(number), version: '1.0', timestamp: at, params: { status: isOnline ? 1 : 0 } })

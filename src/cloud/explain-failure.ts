/**
 * A failure as a person reads it: what happened, to which kit or account, what becomes of the data, what to do. Every
 * part that comes from outside is cut short and stripped of control characters; callers keep secrets out of it.
 */
import { FAILURES, type FailureKind } from './failures.ts'
import type { Failure } from './outcome.ts'

/** What was asked. */
export type Call = 'certification' | 'device_list' | 'quota_all' | 'quotas' | 'set'

/** Whom a request was about; `kitSn` is empty where it concerns the account as a whole. */
export interface About {
  readonly call: Call
  readonly account: string
  readonly kitSn: string
  /** The cloud's host, without the scheme. */
  readonly host: string
}

/** What is known beyond the kind. */
export interface Told {
  readonly code?: string
  /** More of what happened, such as the vendor's own words. */
  readonly detail?: string
  readonly traceId?: string
  /** Instead of the table's help. */
  readonly help?: string
}

const ASKED: Readonly<Record<Call, string>> = {
  certification: 'asked for the MQTT credentials',
  device_list: 'asked for the list of kits',
  quota_all: 'asked for its values',
  quotas: 'asked for some of its values',
  set: 'sent a set command',
}

const EFFECT = {
  account:
    'Nothing recorded is lost; values go on by MQTT while its session holds, and what is missed is a row of `gap`.',
  kit: 'Nothing recorded is lost; what this kit pushes by MQTT is still recorded, what is missed is a row of `gap`, and other kits are not concerned.',
  passing:
    'Nothing recorded is lost; it is asked again, values go on by MQTT meanwhile, and what is missed is a row of `gap`.',
} as const

/** The cloud said no, or was not spoken to: the command cannot have been carried out. */
export const saidNo = (kind: FailureKind): boolean =>
  kind === 'untrusted' || kind === 'wrong_region' || (FAILURES[kind].codes.length > 0 && kind !== 'server_error')

const effectOf = (kind: FailureKind, { call, kitSn }: About): string => {
  if (call === 'set')
    return saidNo(kind)
      ? 'The command was not carried out.'
      : 'Whether the command was carried out is not known: read the setting back before sending it again.'
  const { concerns } = FAILURES[kind]
  return EFFECT[concerns === 'kit' && kitSn === '' ? 'account' : concerns]
}

const tidy = (text: string, length: number): string => {
  const clean = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return clean.length > length ? `${clean.slice(0, length)}…` : clean
}

/** The failure with its sentence. */
export const explainFailure = (kind: FailureKind, about: About, told: Told = {}): Failure => {
  const code = tidy(told.code ?? '', 20)
  const traceId = tidy(told.traceId ?? '', 60)
  const who = about.kitSn === '' ? `Account “${about.account}”` : `Kit ${about.kitSn} of account “${about.account}”`
  const details = [code === '' ? '' : `code ${code}`, tidy(told.detail ?? '', 200)].filter((part) => part !== '')
  const what = `${FAILURES[kind].is}${details.length === 0 ? '' : ` (${details.join(', ')})`}`
  const trace = traceId === '' ? '' : ` The vendor’s trace id is ${traceId}.`
  const text =
    `${who}, ${ASKED[about.call]} at ${about.host}: ${what}. ` +
    `${effectOf(kind, about)} ${told.help ?? FAILURES[kind].help}${trace}`
  return { kind, code, text, traceId }
}

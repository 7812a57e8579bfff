/**
 * What a person is told of a session: what happened, to which source, what becomes of its values, what to do. Sentences
 * only; a source is named as in the settings, hosts by name, secrets never.
 */
import type { Usage } from './budget.ts'
import { KICKED_WITHIN_MS, KICKS } from './pace.ts'

/** Rounded to what a person plans by. */
const span = (ms: number): string => (ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`)

export const nextTry = (waitMs: number): string => `Next try in ${span(waitMs)}.`

const clockTime = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`

const KEPT = 'Nothing recorded is lost; what is missed meanwhile becomes a row of gap.'

/** Of a source with an HTTP side. */
const POLLED = 'Polling goes on meanwhile, so values come about once a minute.'

const CODES: Readonly<Record<number, string>> = {
  1: 'it does not speak this version of MQTT',
  2: 'it does not take the client id',
  3: 'it is not available',
  4: 'wrong user name or password',
  5: 'not authorised',
}

/** Codes of a refusal that fresh credentials may mend. */
export const isOfCredentials = (code: number | undefined): boolean => code === 4 || code === 5

export const refusedAccount = (code: number | undefined, text: string): string =>
  `The vendor’s broker refused the session (${CODES[code ?? 0] ?? text}). It may be that the account’s credentials were ` +
  'rotated: fresh ones are fetched before the next try. Or another program holds this account’s one session, or the ' +
  `day’s client ids of the account are used up. ${POLLED} If it stays, stop the other program, or give this collector ` +
  'an access key of its own.'

export const refusedBroker = (code: number | undefined, text: string): string =>
  `The broker refused the session (${CODES[code ?? 0] ?? text}). ${KEPT} ` +
  (isOfCredentials(code) ? 'Check user name and password of this broker.' : 'Look into the log of the broker.')

const inBrackets = (text: string): string => (text === '' ? '' : ` (${text})`)

export const kickedOut = (isAccount: boolean, text: string): string =>
  `The broker closed the connection ${KICKS} times within ${KICKED_WITHIN_MS / 1000} s of connecting` +
  `${inBrackets(text)}. ` +
  (isAccount
    ? 'Another session of this account may push this one out: a second collector, another integration with the same ' +
      `access key, or the vendor’s app. ${POLLED} To leave the other one in peace the next try comes late. Give this ` +
      'collector an access key of its own.'
    : `Another client with the same client id may push this one out. ${KEPT} Stop the other one: a data directory ` +
      'belongs to one collector.')

export const untrusted = (host: string, text: string): string =>
  `The certificate of ${host} is not to be trusted (${text}), so nothing was sent. ${KEPT} Check the clock of this ` +
  'machine and whether something stands in between; a broker with an authority of its own needs NODE_EXTRA_CA_CERTS.'

export const unreachable = (host: string, text: string): string =>
  `No connection to the broker at ${host}: ${text}. ${KEPT}`

export const closed = (text: string): string => `The broker closed the connection${inBrackets(text)}. ${KEPT}`

export const restsUntil = (at: number, connects: Usage, ids: Usage): string =>
  `The session rests until ${clockTime(at)}, since the vendor locks accounts out that connect too often: ` +
  `${connects.today} of ${connects.limit} connects of 24 hours and ${ids.today} of ${ids.limit} client ids of this day ` +
  `are used. ${POLLED} Look above for what closed the connection so often; MQTT_CONNECTS_PER_DAY is the first limit.`

export const spendingMuch = (what: string, { today, limit }: Usage): string =>
  `${today} of ${limit} ${what} are used. At the limit the session rests and only polling goes on. Look above for ` +
  'what closes the connection, and whether another program uses this account.'

export const budgetUnkept = (problem: string): string =>
  `${problem}, so the client id and the count of connects are kept in memory only: each restart uses up one of the ` +
  'about ten client ids the vendor allows a day. Free space on the disk, or correct the rights of the data directory.'

export const topicRefused = (topic: string): string =>
  `The broker refused the subscription to ${topic}: no reports will come on it; the others are not touched. It is ` +
  'asked for again on the next connection. Check account and serial number; the vendor’s broker takes exact topics only.'

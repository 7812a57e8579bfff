/**
 * What keeps a command from being sent although it is one: the lists of the settings, a kit that is away, a way that is
 * not open, haste, and danger that was not confirmed. Each refusal says what to do; nothing was sent.
 */
import type { KitState } from '../track/state.ts'
import type { CommandRecord } from './command-record.ts'
import type { Asked, Refusal } from './control.ts'
import type { Planned } from './plan.ts'

/** Names of commands; `dc-output.*` stands for all of a module. */
export interface Lists {
  /** Empty: all that are not denied. */
  readonly allow: readonly string[]
  readonly deny: readonly string[]
}

const EVERY_MS = 2_000
const DANGEROUS_EVERY_MS = 30_000
const CONFIRM_WITHIN_MS = 60_000
/** Of dangerous commands that nobody confirmed. */
const MOST_OPEN = 1_000

const refuse = (code: string, status: number, text: string): Refusal => ({ code, status, text })

const isListed = (list: readonly string[], name: string): boolean =>
  list.some((entry) => entry === name || (entry.endsWith('.*') && name.startsWith(entry.slice(0, -1))))

/** Whether the settings let the command be sent. */
export const refusedByLists = ({ allow, deny }: Lists, name: string): Refusal | undefined => {
  if (isListed(deny, name))
    return refuse('command_denied', 403, `${name} is in CONTROL_DENY of this collector: it is not sent.`)
  if (allow.length === 0 || isListed(allow, name)) return undefined
  return refuse('command_denied', 403, `${name} is not in CONTROL_ALLOW of this collector: it is not sent.`)
}

/** A command to a kit that is away would be lost, or carried out when nobody expects it any more. */
export const refusedAsAway = ({ sn, isOnline }: KitState): Refusal | undefined =>
  isOnline === false
    ? refuse(
        'kit_offline',
        409,
        `The cloud says that kit ${sn} is not connected: nothing was sent. Ask again when it is.`,
      )
    : undefined

/** One command of a kind to a kit in so much time, counted from the last that was taken. */
export const refusedAsHasty = (
  { command, kitSn, danger }: Planned,
  records: readonly CommandRecord[],
  at: number,
): Refusal | undefined => {
  const everyMs = danger === '' ? EVERY_MS : DANGEROUS_EVERY_MS
  const last = records.findLast((one) => one.kitSn === kitSn && one.command === command.name)
  const leftMs = last === undefined ? 0 : last.askedAt + everyMs - at
  if (leftMs <= 0) return undefined
  const every = `${command.name} goes to a kit at most once in ${everyMs / 1000} s`
  return refuse('too_soon', 429, `${every}: ask again in ${Math.ceil(leftMs / 1000)} s.`)
}

/** Two steps before what is dangerous. */
export interface Confirmations {
  /** Undefined when the command may go: it is not dangerous, or was confirmed. */
  refusal(asked: Asked, planned: Planned, at: number): Refusal | undefined
}

/** What is confirmed is this command, by whom it was asked. */
const contentOf = ({ by }: Asked, { kitSn, command, params }: Planned): string =>
  JSON.stringify([by, kitSn, command.name, params])

/** `newToken` gives texts that nobody can guess. */
export const createConfirmations = (newToken: () => string): Confirmations => {
  const open = new Map<string, { readonly content: string; readonly expiresAt: number }>()
  const offer = (content: string, at: number) => {
    for (const [token, { expiresAt }] of open) if (expiresAt <= at || open.size >= MOST_OPEN) open.delete(token)
    const [token, expiresAt] = [newToken(), at + CONFIRM_WITHIN_MS]
    open.set(token, { content, expiresAt })
    return { token, expiresAt }
  }
  return {
    refusal: (asked, planned, at) => {
      if (planned.danger === '') return undefined
      if (!asked.mayDanger)
        return refuse('danger_forbidden', 403, `Your token does not allow this dangerous command. ${planned.danger}`)
      const content = contentOf(asked, planned)
      const given = open.get(asked.confirmation ?? '')
      if (given?.content === content) open.delete(asked.confirmation!)
      if (given?.content === content && at < given.expiresAt) return undefined
      const why = asked.confirmation === undefined ? '' : 'The confirmation is not of this very command, or too old. '
      const how = `Send it again within ${CONFIRM_WITHIN_MS / 1000} s with the confirmation given here if it is meant.`
      return {
        ...refuse('confirmation_required', 428, `${why}This is dangerous. ${planned.danger} ${how}`),
        confirmation: offer(content, at),
      }
    },
  }
}

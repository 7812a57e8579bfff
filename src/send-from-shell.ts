/**
 * The command `set`: a command to a kit by way of the running collector, whose API checks, records and sends it. Tells
 * what became of it.
 */
import { paramsSchema } from './catalogue/command.ts'
import { commandNamed } from './catalogue/commands.ts'
import type { Settings } from './config.ts'
import { runningUrl } from './doctor/running.ts'
import { CollectorError } from './errors.ts'
import type { commandView, planView } from './http/command-schema.ts'
import type { Problem } from './http/problem.ts'
import { includesScope, readTokens } from './http/tokens.ts'

/** As it was typed. */
export interface Typed {
  readonly kitSn: string
  readonly command: string
  /** `key=value`. */
  readonly given: readonly string[]
  readonly isDryRun: boolean
  /** A dangerous command is meant. */
  readonly isMeant: boolean
}

export interface Shell {
  readonly send: typeof fetch
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<unknown>
  readonly print: (line: string) => void
}

type Command = ReturnType<typeof commandView>

interface Taken {
  readonly command?: Command
  readonly plan: ReturnType<typeof planView>
}

/** Longer than the collector keeps a request waiting. */
const ANSWER_MS = 120_000
const AGAIN_MS = 2_000
/** Longer than a command can wait and fly. */
const MOST_MS = 5 * 60_000

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['yes', true],
  ['off', false],
  ['false', false],
  ['no', false],
])

const readValue = (text: string, type: unknown): unknown => {
  if (type === 'string') return text
  return WORDS.get(text) ?? (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)
}

/** Parameters from `key=value`, each as the command takes it; what fits nothing stays text and is refused as such. */
export const readParams = (command: string, given: readonly string[]): Record<string, unknown> => {
  const known = commandNamed(command)
  const types = (known ? paramsSchema(known).properties : {}) as Readonly<Record<string, { type?: unknown }>>
  const pairs = given.map((pair): [string, unknown] => {
    const at = pair.indexOf('=')
    if (at < 1)
      throw new CollectorError('command_refused', `"${pair}" is no parameter: expected key=value, such as percent=80.`)
    const key = pair.slice(0, at)
    return [key, readValue(pair.slice(at + 1), types[key]?.type)]
  })
  if (new Set(pairs.map(([key]) => key)).size < pairs.length)
    throw new CollectorError('command_refused', 'A parameter stands there twice.')
  return Object.fromEntries(pairs)
}

/** The settings' own token that may most, of those for this kit. */
const tokenFor = ({ CONTROL_TOKENS }: Settings, kitSn: string, at: number): string => {
  const fit = readTokens(CONTROL_TOKENS).tokens.filter(
    ({ scope, kits, untilAt }) =>
      includesScope(scope, 'control') && (kits.length === 0 || kits.includes(kitSn)) && (untilAt ?? at + 1) > at,
  )
  const best = fit.find(({ scope }) => includesScope(scope, 'dangerous')) ?? fit[0]
  if (best) return best.token
  throw new CollectorError('control_token_missing', `No token in CONTROL_TOKENS may send commands to kit ${kitSn}.`)
}

/** What the collector answers: its status and its JSON. */
type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<readonly [status: number, answer: unknown]>

const asking = (settings: Settings, token: string, { send }: Shell): Ask => {
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }
    const init = {
      method,
      headers,
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body && { body: JSON.stringify(body) }),
    }
    const response = await send(runningUrl(settings, path), init)
    return [response.status, await response.json()]
  }
}

const isRefusedConnection = (error: unknown): boolean =>
  ((error as { cause?: { code?: unknown } }).cause?.code ?? '') === 'ECONNREFUSED'

/** Words for an API that is not there, or that went away. */
const explained = async <T>(settings: Settings, work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof CollectorError) throw cause
    const where = new URL(runningUrl(settings, '')).host
    throw isRefusedConnection(cause)
      ? new CollectorError('collector_not_reached', `No collector answers at ${where}.`, { cause })
      : new CollectorError('command_out_of_sight', `The collector at ${where} stopped answering.`, { cause })
  }
}

/** Asks once, and a second time with the confirmation where it is meant. */
const askFor = async (typed: Typed, ask: Ask): Promise<Taken> => {
  const { kitSn, command, given, isDryRun, isMeant } = typed
  const path = `/kits/${kitSn}/commands${isDryRun ? '?dry-run=true' : '?wait=confirmed'}`
  const body = { command, params: readParams(command, given) }
  let [status, answer] = await ask('POST', path, body)
  const confirmation = (answer as Problem).confirmation?.token
  if (status === 428 && confirmation !== undefined && isMeant)
    [status, answer] = await ask('POST', path, { ...body, confirmation })
  if (status < 300) return answer as Taken
  const { detail } = answer as Problem
  const help = status === 428 ? { help: 'If it is meant, add --yes.' } : undefined
  throw new CollectorError('command_refused', detail, help)
}

const printPlan = ({ plan }: Taken, { print }: Shell): void => {
  print(`Would go by ${plan.transport} to ${plan.to}`)
  print(JSON.stringify(plan.message))
  for (const check of plan.checks) print(`- ${check}`)
  print(`Read back: ${plan.read_back}`)
}

const untilEnded = async (command: Command, ask: Ask, { now, sleep }: Shell): Promise<Command> => {
  const untilAt = now() + MOST_MS
  let latest = command
  while (!latest.is_ended && now() < untilAt) {
    await sleep(AGAIN_MS)
    const [status, answer] = await ask('GET', `/commands/${command.id}`)
    if (status !== 200) throw new Error(`status ${status}`)
    latest = answer as Command
  }
  return latest
}

/** Sends it and tells what became of it; whether the kit reports the effect, or was only looked at in a dry run. */
export const sendFromShell = async (typed: Typed, settings: Settings, shell: Shell): Promise<boolean> => {
  const ask = asking(settings, tokenFor(settings, typed.kitSn, shell.now()), shell)
  const taken = await explained(settings, askFor(typed, ask))
  if (taken.command === undefined) {
    printPlan(taken, shell)
    return true
  }
  const { state, text, id, is_acknowledged } = await explained(settings, untilEnded(taken.command, ask, shell))
  shell.print(`${state}${is_acknowledged ? ', acknowledged' : ''}: ${text}`)
  shell.print(`It is ${id} in /api/v1/commands.`)
  return state === 'confirmed'
}

/**
 * The set-up: a person who knows the code has keys checked and saved, and the collector goes on with them. Promises: one
 * at a time; what is saved was taken by the cloud, and settles; otherwise everything is as it was. No secret is told.
 */
import type { Finding } from '../doctor/finding.ts'
import { CollectorError } from '../errors.ts'
import type { Settled } from '../settled.ts'
import { type CheckParts, checkKeys, settingsOf } from './check-keys.ts'
import type { CodeGate } from './code.ts'
import type { CheckedKeys, Keys, Setup, SetupRefusal } from './contract.ts'
import { decidedElsewhere, unwritable } from './elsewhere.ts'
import { refusalToWrite, writeSettings } from './settings-file.ts'

export interface SetupParts extends CheckParts {
  readonly gate: CodeGate
  /** Path of the file of settings. */
  readonly file: string
  /** Names of settings that the environment itself has. */
  readonly given: readonly string[]
  /** All settings as they are now, read again. Throws CollectorError. */
  readonly settleAnew: () => Settled
  /** Keys are saved: the demonstration may end. */
  readonly onSaved: (settled: Settled) => void
}

export interface OpenSetup extends Setup {
  /** The collector could not start with what was saved; `why` is for a person. */
  failed(why: string): void
}

const refuse = (refused: SetupRefusal['refused'], text: string): SetupRefusal => ({ refused, text })

const OF_CODE = {
  wrong: refuse(
    'code_wrong',
    'The code stands in the terminal or the log of this collector, and is new at each start.',
  ),
  spent: refuse('code_spent', 'Too many wrong codes: stop the collector and start it again, which gives a new one.'),
} as const

/** What `work` gives, or why it may not or cannot be done. */
const createDesk = (gate: CodeGate, isFree: () => boolean) => {
  let isBusy = false
  return async <T>(code: string, work: () => Promise<T>): Promise<T | SetupRefusal> => {
    const verdict = gate.judge(code)
    if (verdict !== 'right') return OF_CODE[verdict]
    if (isBusy || !isFree()) return refuse('busy', 'Keys are being looked at, or are saved already: wait a moment.')
    isBusy = true
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CollectorError)) throw error
      return refuse('failed', `${error.message} ${error.help}`)
    } finally {
      isBusy = false
    }
  }
}

/** Takes keys while the demonstration runs. */
export const openSetup = (parts: SetupParts): OpenSetup => {
  const { gate, file, given, settings, secrets } = parts
  let isSaved = false
  let problem = ''
  const clean = (finding: Finding): Finding => ({ ...finding, text: secrets.redact(finding.text) })
  const look = async (keys: Keys): Promise<CheckedKeys> => {
    secrets.add(keys.accessKey)
    secrets.add(keys.secretKey)
    const { findings, kits } = await checkKeys(keys, parts)
    return { findings: findings.map(clean), kits }
  }
  const elsewhere = async (): Promise<string | undefined> => {
    const decided = decidedElsewhere(given, settings)
    if (decided !== undefined) return decided
    const reason = await refusalToWrite(file)
    return reason === undefined ? undefined : unwritable(file, reason)
  }
  const write = async (keys: Keys): Promise<SetupRefusal | undefined> => {
    const written = await writeSettings(file, settingsOf(keys))
    if ('refusal' in written) return refuse('elsewhere', unwritable(file, written.refusal))
    try {
      parts.onSaved(parts.settleAnew())
      isSaved = true
      problem = ''
      return undefined
    } catch (error) {
      await written.takeBack()
      throw error
    }
  }
  const desk = createDesk(gate, () => !isSaved)
  return {
    status: async () => ({ triesLeft: gate.triesLeft(), isSaved, elsewhere: await elsewhere(), problem }),
    check: (code, keys) => desk(code, () => look(keys)),
    save: (code, keys) =>
      desk(code, async () => {
        const place = await elsewhere()
        if (place !== undefined) return refuse('elsewhere', place)
        const checked = await look(keys)
        if (checked.kits === undefined) return { ...checked, isSaved }
        return (await write(keys)) ?? { ...checked, isSaved }
      }),
    failed: (why) => {
      isSaved = false
      problem = why
    },
  }
}

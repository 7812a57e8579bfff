/** How a command stands, step by step, until it has ended; spoken when it changes, not while the seconds pass. */
import type { KnownCommand, SentCommand } from '../../command-shapes.ts'
import { duration } from '../../format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useNow } from '../../use-live.tsx'
import { inWords, STATE_SIGNS, TONES } from './command-words.ts'
import type { Flight } from './flight.ts'
import { RefusalNote } from './refusal-note.tsx'

const STEPS = ['accepted', 'sent', 'confirmed'] as const

type StepState = 'done' | 'now' | 'open'

const SIGNS: Readonly<Record<StepState, string>> = { done: '✓', now: '●', open: '○' }

/** The step that the command has reached is done; the one after it is what is waited for. */
const Steps = ({ reached }: { reached: number }) => {
  const { t } = useLanguage()
  return (
    <ol class="steps">
      {STEPS.map((step, index) => {
        const state: StepState = index <= reached ? 'done' : index === reached + 1 ? 'now' : 'open'
        return (
          <li key={step} class={`step is-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            <span aria-hidden="true">{SIGNS[state]}</span> {t(`control.step.${step}`)}
          </li>
        )
      })}
    </ol>
  )
}

const Elapsed = ({ since }: { since: number }) => {
  const { t, locale } = useLanguage()
  const seconds = Math.max(0, (useNow() - since) / 1000)
  return (
    <span class="faint" aria-hidden="true">
      {t('control.elapsed', { duration: duration(seconds, locale) })}
    </span>
  )
}

const UnderWay = ({ record, isLost }: { record: SentCommand; isLost: boolean }) => {
  const { t } = useLanguage()
  return (
    <div class="under-way">
      <Steps reached={STEPS.indexOf(record.state === 'sent' ? 'sent' : 'accepted')} />
      <p>
        {t(`control.now.${record.state === 'sent' ? 'sent' : 'accepted'}`)}{' '}
        {record.is_acknowledged && t('control.acknowledged')} <Elapsed since={record.asked_ms} />
      </p>
      {isLost && <p class="note is-bad">{t('control.lost')}</p>}
    </div>
  )
}

const ENDS = {
  confirmed: 'control.end.confirmed',
  unconfirmed: 'control.end.unconfirmed',
  contradicted: 'control.end.contradicted',
  rejected: 'control.end.rejected',
  failed: 'control.end.failed',
} as const

const headline = (command: KnownCommand, { state }: SentCommand) => {
  const isReadable = Object.keys(command.reads_back).length > 0
  if (state === 'unconfirmed' && !isReadable) return 'control.end.unreadable'
  return ENDS[state as keyof typeof ENDS]
}

const Ended = ({ command, record }: { command: KnownCommand; record: SentCommand }) => {
  const { t, locale } = useLanguage()
  const { state, asked_ms, ended_ms = asked_ms } = record
  const tone = TONES[state]
  return (
    <div class={`outcome is-${tone}`}>
      {tone === 'good' ? <span class="outcome-sign">{STATE_SIGNS.good}</span> : <Icon name="warning" size={26} />}
      <p>
        <strong>{t(headline(command, record), { duration: duration((ended_ms - asked_ms) / 1000, locale) })}</strong>
        {tone !== 'good' && (
          <>
            {' '}
            <Said text={record.text} />
          </>
        )}
      </p>
    </div>
  )
}

const Standing = ({ command, flight, again }: { command: KnownCommand; flight: Flight; again: () => void }) => {
  const { t } = useLanguage()
  if (flight.step === 'asking') return <p>{t('control.asking')}</p>
  if (flight.step === 'refused') return <RefusalNote error={flight.error} again={again} />
  if (flight.step === 'confirming') return <p>{t('control.confirming')}</p>
  if (flight.step === 'given-up') return <p>{t(flight.isLate ? 'control.given-up.late' : 'control.given-up')}</p>
  if (flight.record.is_ended) return <Ended command={command} record={flight.record} />
  return <UnderWay record={flight.record} isLost={flight.isLost} />
}

interface ProgressProps {
  readonly command: KnownCommand
  readonly flight: Flight | undefined
  again(): void
}

export const CommandProgress = ({ command, flight, again }: ProgressProps) => {
  const speech = useLanguage()
  const params = flight?.step === 'taken' ? flight.record.params : flight?.params
  return (
    <div class="progress" aria-live="polite">
      {flight && params && (
        <>
          <p class="progress-what">{inWords(command, { name: command.name, params }, speech)}</p>
          <Standing command={command} flight={flight} again={again} />
        </>
      )}
    </div>
  )
}

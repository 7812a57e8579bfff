/** The last commands to the kit, from anywhere: who asked for what, and what became of it. */
import type { KnownCommand, SentCommand } from '../../command-shapes.ts'
import { duration, moment } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useKitZone } from '../../use-live.tsx'
import { inWords, STATE_SIGNS, TONES } from './command-words.ts'

const SHOWN = 20

const Outcome = ({ sent: { state, asked_ms, ended_ms, text } }: { sent: SentCommand }) => {
  const { t, locale } = useLanguage()
  const tone = TONES[state]
  const tookS = ended_ms === undefined ? undefined : (ended_ms - asked_ms) / 1000
  return (
    <div>
      <span class={`badge is-${tone}`}>
        <span aria-hidden="true">{STATE_SIGNS[tone]}</span> {t(`control.state.${state}`)}
      </span>{' '}
      {tookS !== undefined && <span class="faint">{t('control.took', { duration: duration(tookS, locale) })}</span>}
      {state !== 'confirmed' && (
        <p class="faint">
          <Said text={text} />
        </p>
      )}
    </div>
  )
}

const Entry = ({ sent, command }: { sent: SentCommand; command: KnownCommand | undefined }) => {
  const speech = useLanguage()
  const { t, locale } = speech
  const zone = useKitZone()
  return (
    <li>
      <div>
        <strong>{inWords(command, { name: sent.command, params: sent.params }, speech)}</strong>
        <p class="faint">{t('control.history.by', { moment: moment(sent.asked_ms, locale, zone), name: sent.by })}</p>
      </div>
      <Outcome sent={sent} />
    </li>
  )
}

interface HistoryProps {
  readonly sent: readonly SentCommand[]
  readonly commands: readonly KnownCommand[]
}

export const CommandHistory = ({ sent, commands }: HistoryProps) => {
  const { t } = useLanguage()
  return (
    <Card title={t('control.history')} wide>
      {sent.length === 0 ? (
        <p class="faint">{t('control.history.none')}</p>
      ) : (
        <ol class="command-history">
          {sent.slice(0, SHOWN).map((one) => (
            <Entry key={one.id} sent={one} command={commands.find(({ name }) => name === one.command)} />
          ))}
        </ol>
      )}
    </Card>
  )
}

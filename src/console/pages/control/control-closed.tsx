/** Why there are no controls, what there would be, and how to come to them. */
import type { ApiError } from '../../api.ts'
import type { Caller } from '../../api-shapes.ts'
import type { KnownCommands } from '../../command-shapes.ts'
import { Card } from '../../parts/card.tsx'
import { Icon } from '../../parts/icon.tsx'
import { TokenEntry } from '../../parts/token-entry.tsx'
import { useLanguage } from '../../use-language.tsx'

/** off: no command is taken here; token: none was entered; scope and kit: it is for something else. */
export type Closed = 'off' | 'token' | 'scope' | 'kit'

interface Known {
  readonly sn: string
  readonly known: KnownCommands | undefined
  readonly caller: Caller | undefined
  readonly isHeld: boolean
}

/** Whom the collector calls so came without a token. */
const NOBODY = 'anybody'

/** Undefined where commands may be given, or that is not known yet. */
export const whyClosed = ({ sn, known, caller, isHeld }: Known): Closed | undefined => {
  if (known?.is_enabled === false) return 'off'
  if (known === undefined || caller === undefined) return undefined
  if (!isHeld || caller.name === NOBODY) return 'token'
  if (caller.scope === 'read') return 'scope'
  return caller.kits.length > 0 && !caller.kits.includes(sn) ? 'kit' : undefined
}

const EXAMPLE = 'CONTROL_TOKENS="name=owner scope=control token=…"'
const MAKING = 'openssl rand -hex 24'

const HowToOpen = () => {
  const { t } = useLanguage()
  return (
    <>
      <p>{t('control.off')}</p>
      <ol class="how-to">
        <li>
          {t('control.off.make')} <code>{MAKING}</code>
        </li>
        <li>
          {t('control.off.set')} <code>{EXAMPLE}</code>
        </li>
        <li>{t('control.off.restart')}</li>
        <li>{t('control.off.enter')}</li>
      </ol>
      <p class="faint">{t('control.off.scopes')}</p>
    </>
  )
}

const Unfit = ({ why, caller }: { why: 'scope' | 'kit'; caller: Caller | undefined }) => {
  const { t } = useLanguage()
  const { name = '', kits = [] } = caller ?? {}
  return (
    <p class="note is-bad" role="alert">
      <Icon name="warning" /> {t(`control.closed.${why}`, { name, kits: kits.join(', ') })}
    </p>
  )
}

interface ClosedProps {
  readonly why: Closed
  readonly caller?: Caller | undefined
  /** What is wrong with the token that is held. */
  readonly problem?: ApiError | undefined
}

export const ControlClosed = ({ why, caller, problem }: ClosedProps) => {
  const { t } = useLanguage()
  return (
    <Card title={t('control.closed')} wide>
      {why === 'off' ? (
        <HowToOpen />
      ) : (
        <>
          <p>{t('control.closed.offers')}</p>
          {(why === 'scope' || why === 'kit') && <Unfit why={why} caller={caller} />}
          <TokenEntry problem={problem} />
        </>
      )}
    </Card>
  )
}

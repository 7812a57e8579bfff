/**
 * The second step before what is dangerous: why it is, what exactly would be sent, and how long the question stands. The
 * button that does nothing has the focus; Escape does nothing too. A time that is over sends nothing.
 */
import { useEffect, useId, useRef } from 'preact/hooks'
import type { KnownCommand } from '../../command-shapes.ts'
import { duration } from '../../format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Said } from '../../parts/said.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useNow } from '../../use-live.tsx'
import { inWords } from './command-words.ts'
import type { Flight } from './flight.ts'

interface DialogProps {
  readonly command: KnownCommand
  readonly flight: Extract<Flight, { step: 'confirming' }>
  confirm(): void
  giveUp(isLate: boolean): void
}

/** Modal as long as it stands there; the focus goes back to where it was. */
const useModal = () => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return dialog
}

export const ConfirmDialog = ({ command, flight, confirm, giveUp }: DialogProps) => {
  const speech = useLanguage()
  const { t, locale } = speech
  const id = useId()
  const dialog = useModal()
  const leftS = Math.ceil((flight.confirmation.expires_at - useNow()) / 1000)
  const isOver = leftS <= 0
  useEffect(() => {
    if (isOver) giveUp(true)
  }, [isOver])
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-why`}
      onCancel={(event) => {
        event.preventDefault()
        giveUp(false)
      }}
    >
      <h2 id={`${id}-title`}>
        <Icon name="warning" size={26} /> {t('control.danger.title')}
      </h2>
      <p class="confirm-what">{inWords(command, { name: command.name, params: flight.params }, speech)}</p>
      <p id={`${id}-why`}>
        <Said text={command.danger?.why ?? flight.detail} />
      </p>
      <p class="faint">{t('control.danger.left', { duration: duration(leftS, locale) })}</p>
      <div class="confirm-buttons">
        <button type="button" autofocus onClick={() => giveUp(false)}>
          {t('control.danger.cancel')}
        </button>
        <button type="button" class="is-danger" onClick={confirm}>
          {t('control.danger.send')}
        </button>
      </div>
    </dialog>
  )
}

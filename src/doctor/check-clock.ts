/** This machine's clock against the cloud's, by the `Date` of its answers. */
import type { ClockOffset } from '../cloud/clock-offset.ts'
import { type Finding, pass, skip, warn } from './finding.ts'

const NOTEWORTHY_MS = 5_000

const span = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  const [minutes, hours] = [Math.round(seconds / 60), Math.round(seconds / 3600)]
  return minutes < 120 ? `${minutes} min` : hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

/** `hasAccounts`: whether anybody could have told the time. */
export const clockFinding = (offset: ClockOffset, hasAccounts: boolean): Finding => {
  const what = 'clock'
  if (!offset.isKnown())
    return skip(what, hasAccounts ? 'the cloud did not answer' : 'only the vendor’s cloud tells the time')
  const offsetMs = offset.offsetMs()
  const distance = Math.abs(offsetMs)
  if (distance < NOTEWORTHY_MS) return pass(what, `within ${Math.max(2, Math.ceil(distance / 1000))} s of the cloud’s`)
  const away = offsetMs > 0 ? `${span(distance)} behind` : `${span(distance)} ahead of`
  const text = `${away} the cloud’s; powerkits corrects for it while the cloud answers`
  return warn(what, text, 'Set the clock and let this machine keep it by NTP (on Linux: timedatectl set-ntp true).')
}

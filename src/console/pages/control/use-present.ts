/** How a command's parameters stand now: while the collector is not heard, everything is but the last that was known. */
import type { KnownCommand } from '../../command-shapes.ts'
import { useLive } from '../../use-live.tsx'
import { type Aim, type Present, presentOf } from './present.ts'

export const usePresent = (command: KnownCommand): ((param: string, aim?: Aim) => Present | undefined) => {
  const { modules, link } = useLive()
  return (param, aim) => {
    const present = presentOf(command, param, modules, aim)
    return present && { ...present, isFresh: present.isFresh && link === 'live' }
  }
}

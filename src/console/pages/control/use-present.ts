/** How a command's parameters stand now: while the kit or the collector is not heard, everything is but the last that was known. */
import type { KnownCommand } from '../../command-shapes.ts'
import { useIsCurrent, useLive } from '../../use-live.tsx'
import { type Aim, type Present, presentOf } from './present.ts'

export const usePresent = (command: KnownCommand): ((param: string, aim?: Aim) => Present | undefined) => {
  const { modules } = useLive()
  const isCurrent = useIsCurrent()
  return (param, aim) => {
    const present = presentOf(command, param, modules, aim)
    return present && { ...present, isFresh: present.isFresh && isCurrent }
  }
}

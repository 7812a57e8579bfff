/** What a module, or a place in it, is called in words. Pure. */
import type { HeardModule } from '../../live-state.ts'

/** The label of the module with this serial number that has the measurement, or of any with it; the SN where none is known. */
export const moduleName = (modules: readonly HeardModule[], sn: string, measurement?: string): string => {
  const own = modules.filter((module) => module.module_sn === sn)
  const one = own.find(({ series }) => series.some((each) => each.measurement === measurement)) ?? own[0]
  return one?.label ?? sn
}

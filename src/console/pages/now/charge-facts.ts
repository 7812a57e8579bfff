/** How full the battery bank is, and between which limits it is kept. Pure. */
import type { LiveKit } from '../../api-shapes.ts'
import { type HeardModule, numberOf, seriesOf } from '../../live-state.ts'

export interface ChargeFacts {
  /** State of charge in % as of now. */
  readonly soc: number | undefined
  /** As last told, where it is not known now. */
  readonly lastSoc: number | undefined
  readonly chargeLimit: number | undefined
  readonly dischargeLimit: number | undefined
  /** Those of them that leave something out. */
  readonly limits: readonly number[]
}

const leavesOut = (limit: number | undefined): limit is number => limit !== undefined && limit > 0 && limit < 100

/** `isCurrent`: whether what the collector told last is of now. */
export const chargeFacts = (
  { soc_pct }: Pick<LiveKit, 'soc_pct'>,
  modules: readonly HeardModule[],
  isCurrent: boolean,
): ChargeFacts => {
  const [bank] = seriesOf(modules, 'battery_bank')
  const told = (field: string) => bank && numberOf(bank.series, field)
  const chargeLimit = told('charge_limit_pct')
  const dischargeLimit = told('discharge_limit_pct')
  const isKnown = isCurrent && soc_pct !== undefined
  return {
    soc: isKnown ? soc_pct : undefined,
    lastSoc: isKnown ? undefined : (soc_pct ?? told('soc_pct')),
    chargeLimit,
    dischargeLimit,
    limits: [dischargeLimit, chargeLimit].filter(leavesOut),
  }
}

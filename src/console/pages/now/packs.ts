/** The packs of a kit in the order of their slots, as far as the state of charge goes. Pure. */
import { type HeardModule, numberOf, seriesOf } from '../../live-state.ts'

export interface Pack {
  readonly sn: string
  /** From 1 on; undefined while it never told. */
  readonly slot: number | undefined
  /** %, as last told. */
  readonly soc: number | undefined
  /** W, + while charging, as last told. */
  readonly watts: number | undefined
  readonly isFresh: boolean
}

export const packsOf = (modules: readonly HeardModule[]): readonly Pack[] =>
  seriesOf(modules, 'battery')
    .map(({ module, series }) => ({
      sn: module.module_sn,
      slot: numberOf(series, 'slot'),
      soc: numberOf(series, 'soc_pct'),
      watts: numberOf(series, 'power_w'),
      isFresh: module.is_fresh,
    }))
    .sort((a, b) => (a.slot ?? Infinity) - (b.slot ?? Infinity) || a.sn.localeCompare(b.sn))

/** What is to be known of a period beside its energies. Pure. */
import { duration } from '../../format.ts'
import type { Speech } from '../../use-language.tsx'
import { type EnergyColumn, isIncomplete } from './energy-stacks.ts'

export const remarksOf = (column: EnergyColumn, { t, locale }: Pick<Speech, 't' | 'locale'>): string[] => [
  ...(isIncomplete(column) ? [t('history.missing', { duration: duration(column.missingS, locale) })] : []),
  ...(column.isRunning ? [t('history.running')] : []),
]

/** What a circuit is called: as its owner named it, or its place in the panel. Pure. */
import type { CircuitEnergy } from '../../past-shapes.ts'
import type { Speech } from '../../use-language.tsx'

export const circuitName = (
  { name, side, circuit }: Pick<CircuitEnergy, 'name' | 'side' | 'circuit'>,
  t: Speech['t'],
): string => name || t('history.circuit', { side: side.toUpperCase(), number: Number(circuit) })

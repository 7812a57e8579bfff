/** What a kit is called. Pure. */
import type { LiveKit } from './api-shapes.ts'

/** The owner's name for it; in the label its serial number stands behind that. */
export const nameOf = ({ label, kit_sn }: Pick<LiveKit, 'label' | 'kit_sn'>): string =>
  label.replace(` · ${kit_sn}`, '')

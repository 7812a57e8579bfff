/** To be written. */
import type { PageProps } from '../../page.ts'

export const HealthPage = ({ sn }: PageProps) => <p>{sn}</p>

/** To be written. */
import type { PageProps } from '../../page.ts'

export const BatteriesPage = ({ sn }: PageProps) => <p>{sn}</p>

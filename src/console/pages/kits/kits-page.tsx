/** To be written. */
import type { PageProps } from '../../page.ts'

export const KitsPage = ({ sn }: PageProps) => <p>{sn}</p>

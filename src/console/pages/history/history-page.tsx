/** To be written. */
import type { PageProps } from '../../page.ts'

export const HistoryPage = ({ sn }: PageProps) => <p>{sn}</p>

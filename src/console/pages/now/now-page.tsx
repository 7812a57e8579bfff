/** To be written. */
import type { PageProps } from '../../page.ts'

export const NowPage = ({ sn }: PageProps) => <p>{sn}</p>

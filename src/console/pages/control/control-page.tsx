/** To be written. */
import type { PageProps } from '../../page.ts'

export const ControlPage = ({ sn }: PageProps) => <p>{sn}</p>

/** To be written. */
import type { PageProps } from '../../page.ts'

export const CircuitsPage = ({ sn }: PageProps) => <p>{sn}</p>

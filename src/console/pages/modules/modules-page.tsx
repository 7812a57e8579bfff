/** To be written. */
import type { PageProps } from '../../page.ts'

export const ModulesPage = ({ sn }: PageProps) => <p>{sn}</p>

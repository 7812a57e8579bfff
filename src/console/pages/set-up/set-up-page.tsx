/** To be written. */
import type { PageProps } from '../../page.ts'

export const SetUpPage = ({ sn }: PageProps) => <p>{sn}</p>

/** What every kind of control is given. */
import type { KnownCommand } from '../../command-shapes.ts'
import type { CommandUse } from './use-command.ts'

export interface ControlProps {
  readonly command: KnownCommand
  readonly use: CommandUse
  /** Id of its heading. */
  readonly titleId: string
  /** The token does not allow it. */
  readonly isForbidden: boolean
}

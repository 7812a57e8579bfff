/** The catalogue of commands as the collector's own API answers it. */
import type { KnownCommand, KnownCommands } from '../../../../src/console/command-shapes.ts'
import { serve } from '../../../http/serve.ts'

export const askCommands = async (): Promise<readonly KnownCommand[]> => {
  const served = await serve({})
  const answer = (await (await served.get('/api/v1/commands')).json()) as KnownCommands
  await served.close()
  return answer.commands
}

/**
 * The same command asked twice under one key of the sender, as after an answer that got lost: it is not sent again. Keys
 * are kept with the records, so that a restart of the collector forgets none of them.
 */
import { commandNamed } from '../catalogue/commands.ts'
import { checkParams } from './check-params.ts'
import type { CommandRecord } from './command-record.ts'
import type { Answer, Asked } from './control.ts'

/** What was made of the command that came first under this key; undefined where there was none. */
export const sameAgain = (records: readonly CommandRecord[], asked: Asked): Answer | undefined => {
  const { idempotencyKey, by, kitSn } = asked
  if (idempotencyKey === undefined || idempotencyKey === '') return undefined
  const record = records.find((one) => one.by === by && one.idempotencyKey === idempotencyKey)
  if (record === undefined) return undefined
  const command = commandNamed(asked.command)
  const checked = command && checkParams(command, asked.params)
  const isSame =
    record.kitSn === kitSn &&
    record.command === asked.command &&
    checked !== undefined &&
    'params' in checked &&
    JSON.stringify(checked.params) === JSON.stringify(record.params)
  if (!isSame)
    return {
      isOk: false,
      refusal: {
        code: 'key_used',
        status: 422,
        text: 'This Idempotency-Key came before with another command: nothing was sent.',
      },
    }
  const { operateType, wireId, transport, readBack } = record
  const message = { id: wireId, operateType }
  const words = typeof readBack === 'string' ? readBack : ''
  const checks = ['This very command was asked before: it is not sent again.']
  return { isOk: true, record, plan: { transport: transport || 'mqtt', to: '', message, checks, readBack: words } }
}

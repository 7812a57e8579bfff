/** Set commands as the API gives them: what stands in the catalogue, what would be sent, what became of one. */
import { z } from 'zod'
import { COMMAND_STATES, type CommandRecord, type CommandState, hasEnded } from '../control/command-record.ts'
import type { Plan } from '../control/control.ts'

const StateWord = z.enum(Object.keys(COMMAND_STATES) as [CommandState, ...CommandState[]]).describe(
  Object.entries(COMMAND_STATES)
    .map(([state, { is }]) => `${state}: ${is}`)
    .join('; '),
)

const moment = (is: string) => z.number().int().optional().describe(`${is} (epoch ms)`)

export const SentCommand = z
  .object({
    id: z.string(),
    wire_id: z.number().int().describe('The vendor’s `id` of it'),
    kit_sn: z.string(),
    command: z.string().describe('Name in the catalogue'),
    operate_type: z.string().describe('The vendor’s name'),
    params: z.record(z.string(), z.unknown()),
    by: z.string().describe('Name of the token that it came with'),
    state: StateWord,
    is_ended: z.boolean().describe('Whether that state is the last'),
    is_acknowledged: z.boolean().describe('Whether the kit replied; an effect that is seen counts without a reply'),
    transport: z.enum(['mqtt', 'http']).optional().describe('By which way it was sent'),
    asked_ms: z.number().int().describe('When it was taken (epoch ms)'),
    sent_ms: moment('When the broker or the cloud had it'),
    acknowledged_ms: moment('When the kit replied'),
    ended_ms: moment('When it ended'),
    text: z.string().describe('What became of it, in a sentence'),
  })
  .meta({
    id: 'SentCommand',
    examples: [
      {
        id: '5b1f6a0e-6f0e-4c58-9d0a-3c2f9a1b7d44',
        wire_id: 1_289_331_077,
        kit_sn: 'M109ZEB4ZE7B0001',
        command: 'ac-output.switch',
        operate_type: 'dischgIcParaSet',
        params: { on: true },
        by: 'console',
        state: 'confirmed',
        is_ended: true,
        is_acknowledged: true,
        transport: 'mqtt',
        asked_ms: 1_780_308_000_000,
        sent_ms: 1_780_308_000_120,
        acknowledged_ms: 1_780_308_000_410,
        ended_ms: 1_780_308_004_200,
        text: 'The kit reports it.',
      },
    ],
  })

export const PlanOf = z
  .object({
    transport: z.enum(['mqtt', 'http']),
    to: z.string().describe('MQTT topic, or method and path'),
    message: z.unknown().describe('As it goes over the wire'),
    checks: z.array(z.string()).describe('What was looked at, and is in order'),
    read_back: z.string().describe('How its effect is seen, or why it cannot be'),
  })
  .meta({ id: 'Plan' })

export const commandView = (record: CommandRecord): z.output<typeof SentCommand> => ({
  id: record.id,
  wire_id: record.wireId,
  kit_sn: record.kitSn,
  command: record.command,
  operate_type: record.operateType,
  params: { ...record.params },
  by: record.by,
  state: record.state,
  is_ended: hasEnded(record),
  is_acknowledged: record.isAcknowledged,
  ...(record.transport === '' ? {} : { transport: record.transport }),
  asked_ms: record.askedAt,
  ...(record.sentAt === undefined ? {} : { sent_ms: record.sentAt }),
  ...(record.acknowledgedAt === undefined ? {} : { acknowledged_ms: record.acknowledgedAt }),
  ...(record.endedAt === undefined ? {} : { ended_ms: record.endedAt }),
  text: record.text,
})

export const planView = ({ transport, to, message, checks, readBack }: Plan): z.output<typeof PlanOf> => ({
  transport,
  to,
  message,
  checks: [...checks],
  read_back: readBack,
})

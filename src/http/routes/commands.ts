/** GET /api/v1/commands…: which commands there are, and what became of those that were asked for. */
import { z } from 'zod'
import { paramsSchema } from '../../catalogue/command.ts'
import { COMMANDS } from '../../catalogue/commands.ts'
import type { CommandRecord } from '../../control/command-record.ts'
import { type Present, presentFields } from '../../control/present.ts'
import { type Caller, mayReach } from '../callers.ts'
import { commandView, SentCommand } from '../command-schema.ts'
import { eventsResponse } from '../event-stream.ts'
import { sendEvents } from '../events.ts'
import type { Linger } from '../lingering.ts'
import { kitUnknown, ofKit } from '../of-kit.ts'
import { type Problem, problem, problemResponse, sendProblem } from '../problem.ts'
import { type App, At, NoQuery, type Sources } from '../route.ts'

const PresentValue = z
  .object({
    measurement: z.string(),
    field: z.string(),
    factor: z.number().optional().describe('What is reported is the parameter times this; absent: as it is'),
    values: z
      .array(
        z.object({
          value: z.union([z.string(), z.number(), z.boolean()]).describe('Of the parameter'),
          reported: z.number().describe('The value then; of a state its `raw`'),
          text: z.string().optional().describe('Of a state: the text that goes with it'),
        }),
      )
      .optional()
      .describe('Of a parameter with few values'),
    is_by_circuit: z.boolean().describe('Whether each circuit has its own: tag `circuit`, two digits'),
  })
  .meta({ id: 'PresentValue' })

const KnownCommand = z
  .object({
    name: z.string(),
    is: z.string(),
    operate_type: z.string().describe('The vendor’s name'),
    addressee: z.string().describe('Kind of module that it goes to'),
    transports: z.array(z.enum(['mqtt', 'http'])).describe('In order of preference'),
    needs: z.string().optional().describe('Kind of module that the kit must have besides'),
    params: z.record(z.string(), z.unknown()).describe('JSON Schema of its parameters'),
    reads_back: z
      .record(z.string(), PresentValue)
      .describe('By parameter, which of the latest values shows how it stands; absent: nothing does'),
    danger: z
      .object({ when: z.string().describe('With which parameters'), why: z.string() })
      .optional()
      .describe('Why it needs a second step; absent: it needs none'),
    confidence: z
      .enum(['tested', 'document'])
      .describe('tested: seen to work on hardware; document: the vendor’s document alone tells of it'),
    src: z.string(),
  })
  .meta({ id: 'KnownCommand' })

const presentView = ({ measurement, field, factor, values, isByCircuit }: Present): z.output<typeof PresentValue> => ({
  measurement,
  field,
  ...(factor === undefined ? {} : { factor }),
  ...(values && { values: [...values] }),
  is_by_circuit: isByCircuit,
})

const catalogue: readonly z.output<typeof KnownCommand>[] = COMMANDS.map((command) => ({
  name: command.name,
  is: command.is,
  operate_type: command.operateType,
  addressee: command.addressee,
  transports: [...command.transports],
  ...(command.needs && { needs: command.needs }),
  params: { ...paramsSchema(command) },
  reads_back: Object.fromEntries(Object.entries(presentFields(command)).map(([name, one]) => [name, presentView(one)])),
  ...(command.danger && { danger: { when: command.danger.when, why: command.danger.why } }),
  confidence: command.confidence,
  src: command.src,
}))

const ofCommand = {
  params: z.object({ id: z.string().min(1).max(128).describe('As the answer to the command gave it') }),
  querystring: NoQuery,
}

const NoSuch = (id: string, url: string): Problem =>
  problem(
    'command_id_unknown',
    `No command ${id} is remembered here; older ones are rows of the measurement command.`,
    url,
  )

/** Of another's kits nothing is told, not even that there is a command. */
const find = ({ control }: Sources, id: string, caller: Caller): CommandRecord | undefined => {
  const record = control.get(id)
  return record && mayReach(caller, record.kitSn) ? record : undefined
}

const addCatalogue = (app: App, areTokens: boolean): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/commands',
    schema: {
      operationId: 'listKnownCommands',
      summary: 'All commands there are',
      description: 'The catalogue. Which of them a kit can take depends on its modules: a dry run tells.',
      tags: ['commands'],
      querystring: NoQuery,
      response: {
        200: z
          .object({
            is_enabled: z.boolean().describe('Whether commands are taken here: CONTROL_TOKENS is set'),
            commands: z.array(KnownCommand),
          })
          .meta({ id: 'KnownCommands' }),
        default: problemResponse,
      },
    },
    handler: async () => ({ is_enabled: areTokens, commands: [...catalogue] }),
  })
}

const addOfKit = (app: App, { state, control, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/commands',
    schema: {
      operationId: 'listCommands',
      summary: 'The last commands to a kit, the newest first',
      tags: ['commands'],
      ...ofKit,
      response: {
        200: z.object({ at: At, kit_sn: z.string(), commands: z.array(SentCommand) }).meta({ id: 'SentCommands' }),
        default: problemResponse,
      },
    },
    handler: async (request, reply) => {
      const { sn } = request.params
      if (!state().kits.has(sn)) return sendProblem(reply, kitUnknown(state(), request))
      return { at: now(), kit_sn: sn, commands: control.list(sn).map(commandView) }
    },
  })
}

const addOne = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/commands/:id',
    schema: {
      operationId: 'getCommand',
      summary: 'What became of a command',
      tags: ['commands'],
      ...ofCommand,
      response: { 200: SentCommand, default: problemResponse },
    },
    handler: async ({ params: { id }, caller, url }, reply) => {
      const record = find(sources, id, caller)
      return record ? commandView(record) : sendProblem(reply, NoSuch(id, url))
    },
  })
}

const EventStream = eventsResponse(
  'Server-sent events: `event` is the state, `data` the command as JSON. The stream ends when it has.',
)

const addEvents = (app: App, sources: Sources, linger: Linger): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/commands/:id/events',
    exposeHeadRoute: false,
    schema: {
      operationId: 'followCommand',
      summary: 'The states of a command as they come',
      description: 'Begins with how it stands. To be read by `fetch`: an EventSource cannot send a token.',
      tags: ['commands'],
      ...ofCommand,
      response: { 200: EventStream, default: problemResponse },
    },
    handler: async ({ params: { id }, caller, url }, reply) => {
      const { control } = sources
      if (!find(sources, id, caller)) return sendProblem(reply, NoSuch(id, url))
      const signal = linger(reply)
      if (!signal) return sendProblem(reply, problem('too_many', 'Too many requests wait for commands already.', url))
      return sendEvents(reply, id, { control, timers: sources, signal })
    },
  })
}

export const addCommandRoutes = (app: App, sources: Sources, linger: Linger, areTokens: boolean): void => {
  addCatalogue(app, areTokens)
  addOfKit(app, sources)
  addOne(app, sources)
  addEvents(app, sources, linger)
}

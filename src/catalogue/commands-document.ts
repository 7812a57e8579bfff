/**
 * The set commands as a page for people: docs/commands.md. Pure; bin/fields.mjs writes it and a test keeps it current.
 */
import { type Command, paramsSchema } from './command.ts'

const INTRODUCTION = `# Set commands

Every set command that a Power Kit is known to take, in people's units. This page is made from
\`src/catalogue/commands\` by \`node bin/fields.mjs\`; how commands are asked for stands in [control.md](control.md).

- *Sent to*: the module whose serial number the message carries, with its module type. *hub* is the kit itself; *packs*
  is every pack at once. The setting \`COMMAND_ADDRESSEES\` sends a command elsewhere:
  \`COMMAND_ADDRESSEES=dc-panel.circuit-switch=hub, ac-input.grid-priority=ichigh/15366\`.
- A parameter that may be left out stays as it is in the kit. Several modules of a kind: say which with \`module\`.
- *Seen in*: what the kit must report before a command counts as confirmed. Where nothing shows the effect, a command
  ends *unconfirmed* at best; whether the kit replied is told beside it.
- *Dangerous*: asked for in two steps, by a token that may. Not every use of such a command is dangerous.
  \`battery.power-off\` is never sent unless \`CONTROL_DENY\` is set to leave it out, \`none\` for example.
- *Sure*: \`tested\`, somebody has told publicly that it works on hardware; \`document\`, only the vendor's word.
- *Source*: \`L…\` a line of the vendor's Power Kits document: first its HTTP part, then its MQTT part.`

interface Property {
  readonly type?: string
  readonly description?: string
  readonly unit?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly multipleOf?: number
  readonly maxLength?: number
  readonly format?: string
  readonly enum?: readonly unknown[]
}

interface Params {
  readonly properties?: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
}

const line = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`
const heading = (columns: readonly string[]): string[] => [line(columns), line(columns.map(() => '---'))]

const values = (property: Property): string => {
  if (property.enum !== undefined) return property.enum.join(', ')
  if (property.type === 'boolean') return 'true, false'
  if (property.format === 'date-time') return 'such as 2026-05-01T12:00:00Z'
  if (property.maxLength !== undefined) return `1 … ${property.maxLength} bytes`
  if (property.minimum === undefined) return 'a serial number'
  const step = property.multipleOf === undefined ? '' : `, steps of ${property.multipleOf}`
  return `${property.minimum} … ${property.maximum}${step}`
}

const parameters = ({ properties = {}, required = [] }: Params): string[] => {
  const rows = Object.entries(properties).map(([name, property]) =>
    line([
      `\`${name}\``,
      values(property),
      property.unit ?? '',
      required.includes(name) ? 'yes' : '',
      property.description ?? '',
    ]),
  )
  return rows.length === 0
    ? ['No parameters.', '']
    : [...heading(['parameter', 'values', 'unit', 'needed', 'what it is']), ...rows, '']
}

const TRANSPORTS = { mqtt: 'MQTT', http: 'HTTP' }

/** What shows the effect; that of the numbers is told by the parameters, so fields are enough. */
const seenIn = (command: Command): string => {
  const readBack = command.readBack(command.example)
  if (typeof readBack === 'string') return `nothing: ${readBack}`
  return readBack
    .map(({ kind, field, mask }) => `\`${kind}.${field}\`${mask === undefined ? '' : ' (its bit)'}`)
    .join(', ')
}

const usage = ({ name, example }: Command): string =>
  ['powerkits set KIT', name, ...Object.entries(example).map(([key, value]) => `${key}=${value}`)].join(' ')

const section = (command: Command): string => {
  const { name, is, operateType, addressee, moduleType, transports, danger, differs, confidence, src } = command
  const first = transports.map((one) => TRANSPORTS[one]).join(', else ')
  return [
    `## ${name}`,
    '',
    `${is}.`,
    '',
    ...parameters(paramsSchema(command) as Params),
    `- Example: \`${usage(command)}\``,
    `- Wire: \`${operateType}\`, sent to ${addressee} as module type ${moduleType}, over ${first}`,
    `- Seen in: ${seenIn(command)}`,
    ...(danger ? [`- Dangerous ${danger.when}. ${danger.why}`] : []),
    ...(differs === undefined ? [] : [`- Other than the vendor's example: ${differs}`]),
    `- Sure: ${confidence}`,
    `- Source: ${src}`,
  ].join('\n')
}

/** The whole page, ending in a newline. */
export const commandsDocument = (commands: readonly Command[]): string =>
  `${[INTRODUCTION, ...commands.map(section)].join('\n\n')}\n`

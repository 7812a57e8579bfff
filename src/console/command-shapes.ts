/** What the console reads of the API's answers about set commands; of the same kind as api-shapes.ts. Times are epoch ms. */

export type ParamValue = string | number | boolean

export type Params = Readonly<Record<string, ParamValue>>

/** JSON Schema of one parameter, as far as a control is made from it. */
export interface ParamSchema {
  readonly type?: string | undefined
  readonly description?: string | undefined
  readonly unit?: string | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly multipleOf?: number | undefined
  readonly maxLength?: number | undefined
  readonly format?: string | undefined
  readonly enum?: readonly ParamValue[] | undefined
}

/** Which of the latest values shows how a parameter stands. */
export interface PresentPlace {
  readonly measurement: string
  readonly field: string
  readonly factor?: number | undefined
  readonly values?:
    | readonly { readonly value: ParamValue; readonly reported: number; readonly text?: string | undefined }[]
    | undefined
  readonly is_by_circuit: boolean
}

export interface KnownCommand {
  readonly name: string
  readonly is: string
  readonly addressee: string
  readonly needs?: string | undefined
  readonly params: {
    readonly properties?: Readonly<Record<string, ParamSchema>> | undefined
    readonly required?: readonly string[] | undefined
  }
  readonly reads_back: Readonly<Record<string, PresentPlace>>
  readonly danger?: { readonly when: string; readonly why: string } | undefined
  readonly confidence: 'tested' | 'document'
}

export interface KnownCommands {
  readonly is_enabled: boolean
  readonly commands: readonly KnownCommand[]
}

export type CommandState = 'accepted' | 'sent' | 'confirmed' | 'unconfirmed' | 'contradicted' | 'rejected' | 'failed'

export interface SentCommand {
  readonly id: string
  readonly command: string
  readonly params: Params
  readonly by: string
  readonly state: CommandState
  readonly is_ended: boolean
  readonly is_acknowledged: boolean
  readonly asked_ms: number
  readonly sent_ms?: number | undefined
  readonly ended_ms?: number | undefined
  readonly text: string
}

export interface SentCommands {
  readonly at: number
  readonly kit_sn: string
  readonly commands: readonly SentCommand[]
}

export interface CommandPlan {
  readonly transport: 'mqtt' | 'http'
  readonly to: string
  readonly message: unknown
  readonly checks: readonly string[]
  readonly read_back: string
}

export interface TakenCommand {
  /** Absent in a dry run. */
  readonly command?: SentCommand | undefined
  readonly plan: CommandPlan
}

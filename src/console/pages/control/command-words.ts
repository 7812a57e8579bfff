/** Commands and what became of them, in words. */
import type { CommandState, KnownCommand, Params, ParamValue } from '../../command-shapes.ts'
import { duration, quantity, UNKNOWN } from '../../format.ts'
import type { MessageKey } from '../../language.ts'
import type { Speech } from '../../use-language.tsx'
import { type Param, paramsOf, stepOf, titleOf } from './known-command.ts'

const digitsOf = (param: Param): number => (param.kind === 'number' && stepOf(param) < 1 ? 1 : 0)

const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60 }

/** A number of the parameter with its unit; a long time also as people say it. */
export const amount = (param: Param, value: number, locale: string): string => {
  const { unit = '' } = param
  const plain = quantity(value, unit, digitsOf(param), locale)
  const inUnits = duration(value * (SECONDS[unit] ?? Number.NaN), locale)
  return inUnits === UNKNOWN || inUnits === plain || value === 0 ? plain : `${plain} (${inUnits})`
}

/** A value of the parameter as people say it. */
export const valueInWords = (
  { reads_back }: KnownCommand,
  param: Param,
  value: ParamValue,
  { t, said, locale }: Speech,
): string => {
  if (typeof value === 'boolean') return t(value ? 'switch.on' : 'switch.off')
  const text = reads_back[param.name]?.values?.find((one) => one.value === value)?.text
  if (text !== undefined && param.unit === undefined) return `${said(text)} (${value})`
  return typeof value === 'number' ? amount(param, value, locale) : value
}

/** What each parameter is called: of one alone its value says enough. */
const paramsInWords = (command: KnownCommand, params: Params, speech: Speech): string => {
  const given = paramsOf(command).flatMap((param) => {
    const value = params[param.name]
    return value === undefined ? [] : [{ param, value: valueInWords(command, param, value, speech) }]
  })
  const isClear = ({ name }: Param) => given.length === 1 || name === 'on'
  const named = ({ name }: Param) => speech.said(name).replaceAll('_', ' ')
  return given.map(({ param, value }) => (isClear(param) ? value : `${named(param)} ${value}`)).join(', ')
}

/** A command that the catalogue no longer has is called by its name. */
export const inWords = (
  command: KnownCommand | undefined,
  { name, params }: { readonly name: string; readonly params: Params },
  speech: Speech,
): string => {
  if (command === undefined) return name
  const words = paramsInWords(command, params, speech)
  return words === '' ? speech.said(titleOf(name)) : `${speech.said(titleOf(name))} → ${words}`
}

export type Tone = 'good' | 'watch' | 'bad' | 'plain'

export const TONES: Readonly<Record<CommandState, Tone>> = {
  accepted: 'plain',
  sent: 'plain',
  confirmed: 'good',
  unconfirmed: 'watch',
  contradicted: 'bad',
  rejected: 'bad',
  failed: 'bad',
}

export const STATE_SIGNS: Readonly<Record<Tone, string>> = { good: '✓', watch: '?', bad: '✕', plain: '…' }

/** Why the collector did not take it; others are told by their title alone. */
export const REFUSALS: Readonly<Record<string, MessageKey>> = {
  too_soon: 'control.refused.too_soon',
  too_many: 'control.refused.too_many',
  too_many_waiting: 'control.refused.too_many',
  kit_offline: 'control.refused.kit_offline',
  kit_foreign: 'control.refused.kit_foreign',
  kit_forbidden: 'control.refused.kit_forbidden',
  not_connected: 'control.refused.not_connected',
  module_unknown: 'control.refused.module_unknown',
  module_ambiguous: 'control.refused.module_ambiguous',
  contradicts_kit: 'control.refused.contradicts_kit',
  wrong_params: 'control.refused.wrong_params',
  command_denied: 'control.refused.command_denied',
  danger_forbidden: 'control.refused.danger_forbidden',
  scope_missing: 'control.refused.scope_missing',
  token_wrong: 'token.wrong',
  token_expired: 'token.expired',
  not_recorded: 'control.refused.not_recorded',
}

/**
 * Messages broken at random and sent through the line: nothing may throw, every row must parse, no two rows may share
 * an identity, and two sums must close. The leaves of what decode handed over are counted here anew, from the
 * vocabulary alone. Random numbers are an argument, so that a failure can be met again. What to break: `messages`.
 */
import { MODULES } from '../src/catalogue/modules.ts'
import type { ModuleTable } from '../src/catalogue/table.ts'
import { type Catalogue, createCatalogue } from '../src/catalogue/vocabulary.ts'
import { type Counters, createCounters, total } from '../src/counters.ts'
import { runLine } from '../src/pipeline.ts'
import { decode } from '../src/report/decode.ts'
import { isObject, unpack } from '../src/report/json.ts'
import { parseLine } from '../src/store/line-protocol.ts'
import { createState } from '../src/track/state.ts'
import { createTrack } from '../src/track/track.ts'
import { breakText, type Random } from './break-text.ts'

export interface Message {
  readonly topic: string
  readonly text: string
}

export interface Outcome {
  readonly counters: Counters
  /** Wire values in the reports, counted apart from the line. */
  readonly leaves: number
  readonly lines: number
  readonly failures: string[]
}

/** A kit does not live through more broken messages than this; then its state begins anew. */
const PER_STATE = 2000

const deepLeaves = (packed: unknown, depth: number): number => {
  const value = unpack(packed)
  if (typeof value !== 'object' || value === null || depth > 8) return 1
  return Object.values(value).reduce((sum: number, member) => sum + deepLeaves(member, depth + 1), 0)
}

const elements = (value: unknown): number => (Array.isArray(value) ? value.length : 1)

const knownLeaves = (kind: string, packed: unknown): number => {
  const value = unpack(packed)
  if (kind === 'placeholder') return deepLeaves(packed, 0)
  if (kind === 'array' || kind === 'codes' || kind === 'list') return elements(value)
  if (kind !== 'hourly_wh') return 1
  const watt = isObject(value) ? value.watt : undefined
  return Array.isArray(watt) && watt.length <= 24 ? watt.length : 1
}

/** The wire values under `path`: known fields by their kind, unknown ones by their leaves down to the fourth level. */
const leavesOf = (value: object, table: ModuleTable | undefined, catalogue: Catalogue, path: string, depth: number) => {
  let leaves = 0
  for (const [key, packed] of Object.entries(value)) {
    const isList = Array.isArray(value)
    const here = isList ? `${path}[${key}]` : path + key
    const found = !isList && table ? catalogue.wordsOf(table.module.kind)?.get(here) : undefined
    const member = unpack(packed)
    const isOpen = depth < 4 && (Array.isArray(member) ? member.length > 0 : isObject(member))
    if (found) leaves += knownLeaves(found.wireField.field.kind, packed)
    else if (!isOpen) leaves++
    else leaves += leavesOf(member as object, table, catalogue, Array.isArray(member) ? here : `${here}.`, depth + 1)
  }
  return leaves
}

const catalogue = createCatalogue(MODULES)

/** Rows by identity; those of revisable measurements may be written again. */
const checkLines = (text: string, seen: Set<string>, failures: string[]): number => {
  const lines = text.split('\n').slice(0, -1)
  for (const line of lines) {
    const { measurement } = parseLine(line)
    const identity = `${line.slice(0, line.search(/(?<!\\) /))} ${line.slice(line.lastIndexOf(' '))}`
    if (/^(error|event|gap|energy_device)$/.test(measurement)) continue
    if (seen.has(identity)) failures.push(`two rows of one identity: ${identity}`)
    seen.add(identity)
  }
  return lines.length
}

/** Sends `count` broken messages through the line. */
export const mutate = (messages: readonly Message[], count: number, random: Random): Outcome => {
  const counters = createCounters()
  const failures: string[] = []
  let [leaves, lines, track, seen] = [0, 0, createTrack(createState(), catalogue, counters), new Set<string>()]
  for (let i = 0; i < count; i++) {
    if (i % PER_STATE === 0) [track, seen] = [createTrack(createState(), catalogue, counters), new Set()]
    const { topic, text } = messages[Math.floor(random() * messages.length)]!
    const bytes = breakText(text, random)
    const at = 1_780_000_000_000 + i * 250 + Math.floor(random() * 3)
    try {
      const decoded = decode(topic, bytes, track.kinds)
      const reports = counters.get('reports{quota}')
      const { raw, history } = runLine(track, { at, source: 'mqtt', topic, bytes })
      lines += checkLines(raw, seen, failures) + checkLines(history, seen, failures)
      const isTaken = counters.get('reports{quota}') !== reports
      if (isTaken && 'report' in decoded && decoded.report.type === 'quota')
        for (const { kind, fields } of decoded.report.records)
          leaves += leavesOf(fields, catalogue.tables.get(kind), catalogue, '', 0)
    } catch (error) {
      failures.push(`${(error as Error).stack?.slice(0, 500)} on ${new TextDecoder().decode(bytes).slice(0, 500)}`)
    }
  }
  return { counters, leaves, lines, failures }
}

/** What is wrong with the outcome of `count` messages; empty if nothing. */
export const faultsOf = ({ counters, leaves, failures }: Outcome, count: number): string[] => {
  const received = counters.get('messages_received') ?? 0
  const answered = total(counters, 'reports') + total(counters, 'rejected')
  const values = total(counters, 'values')
  return [
    ...failures.slice(0, 5),
    ...(received === count ? [] : [`${count} messages sent, ${received} received`]),
    ...(received === answered ? [] : [`${received} messages received, ${answered} reports and rejections`]),
    ...(leaves === values ? [] : [`${leaves} wire values handed over, ${values} accounted for`]),
  ]
}

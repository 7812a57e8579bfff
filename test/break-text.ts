/** Breaks a JSON text in one of the ways in which messages break: on the wire, in a firmware, in a proxy. */

import { parseJson } from '../src/report/json.ts'

/** A number from 0 (included) to 1 (not). */
export type Random = () => number

/** A seeded source of random numbers (a 32-bit linear congruence with its output mixed). */
export const seeded = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    return ((mixed ^ (mixed >>> 12)) >>> 0) / 2 ** 32
  }
}

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!

/** Stands where a text goes that `JSON.stringify` cannot write. */
const RAW = '\u0001raw:'
const NESTED = `${'['.repeat(3000)}${']'.repeat(3000)}`

const VALUES: readonly unknown[] = [
  ...['', 'NaN', '-17', '54.5', 'Infinity', '{', '[1,2,3]', '{"soc":5}', '{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}'],
  ...[null, true, false, 0, -1, 1, 255, 65_535, 65_522, 143_999, 99_999, 2 ** 31, 2 ** 53 + 2, -1e30, 0.5, 61_000],
  ...[[], {}, [[]], [null], [1, 'x', null, { y: 1 }], { toString: 1, valueOf: 2 }, { M101ZX: { soc: 1 } }],
  ...[`${RAW}1e999`, `${RAW}-1e999`, `${RAW}-0`, `${RAW}${NESTED}`, `${RAW}{"__proto__":{"soc":1},"a":2}`],
  ...[Array(40).fill(7), Array(13).fill(30_800), { rtc: 1_779_926_400, wattType: 64, watt: Array(24).fill(3) }],
]

const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'soc',
  'errCode',
  'bp5000',
  'bmsTotal.totalSoc',
  'a.b.c',
  'x y,z=',
]
const MORE_KEYS = [
  'onLineModuleSnList',
  'data',
  'code',
  'params',
  'param',
  'moduleSn',
  'moduleType',
  'quotaMap',
  '\\',
  'é',
]

type Holder = Record<string, unknown>

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

/** A random holder at or below this one, through JSON in strings as well; `change` is applied to it. */
const descend = (holder: Holder, random: Random, change: (holder: Holder) => void): void => {
  const key = pick(Object.keys(holder), random)
  const value = key === undefined ? undefined : holder[key]
  if (random() < 0.25) return change(holder)
  if (isHolder(value) && Object.keys(value).length > 0) return descend(value, random, change)
  if (typeof value === 'string' && /^[[{]/.test(value)) {
    const inner = parseJson(value)
    if (!isHolder(inner) || Object.keys(inner).length === 0) return change(holder)
    descend(inner, random, change)
    holder[key!] = JSON.stringify(inner)
    return
  }
  change(holder)
}

const own = (holder: Holder, key: string, value: unknown): void => {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

const changeMember = (holder: Holder, random: Random): void => {
  const key = pick(Object.keys(holder), random)
  if (key === undefined) return
  const way = random()
  if (way < 0.5) own(holder, key, structuredClone(pick(VALUES, random)))
  else if (way < 0.6) delete holder[key]
  else if (way < 0.8) own(holder, pick([...KEYS, ...MORE_KEYS], random), holder[key])
  else if (way < 0.9) own(holder, pick([...KEYS, ...MORE_KEYS], random), structuredClone(pick(VALUES, random)))
  else own(holder, key, typeof holder[key] === 'number' ? String(holder[key]) : [holder[key]])
}

const breakJson = (text: string, random: Random): string => {
  const message = JSON.parse(text) as Holder
  for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--)
    if (Object.keys(message).length > 0) descend(message, random, (holder) => changeMember(holder, random))
  return JSON.stringify(message).replace(/"\\u0001raw:((?:[^"\\]|\\.)*)"/g, (_, raw: string) =>
    raw.replaceAll('\\"', '"'),
  )
}

const breakBytes = (bytes: Uint8Array, random: Random): Uint8Array => {
  const broken = Uint8Array.from(bytes)
  for (let flips = 1 + Math.floor(random() * 5); flips > 0; flips--)
    broken[Math.floor(random() * broken.length)] = Math.floor(random() * 256)
  return broken
}

/** The text as bytes, broken in one way; one in twenty stays whole. `text` must be JSON. */
export const breakText = (text: string, random: Random): Uint8Array => {
  const way = random()
  const encode = (value: string): Uint8Array => new TextEncoder().encode(value)
  if (way < 0.05) return encode(text)
  if (way < 0.2) return breakBytes(encode(text), random)
  if (way < 0.3) return encode(text).slice(0, Math.floor(random() * text.length))
  if (way < 0.32) return encode(pick([`[${text}]`, JSON.stringify(text), '', 'null', `${text}${text}`], random))
  if (way < 0.36) return breakBytes(encode(breakJson(text, random)), random)
  return encode(breakJson(text, random))
}

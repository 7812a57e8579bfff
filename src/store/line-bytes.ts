/**
 * Line protocol for the hot path: a line grows as bytes under a pen and becomes text once, which costs half of what
 * joining some hundred small texts does. Promises the very text that joining would give; whether a name needs escaping
 * is left to `line-protocol.ts`.
 */

/** A line under construction. */
export interface Pen {
  bytes: Buffer
  /** The same bytes: texts made ready are copied four bytes at a time. */
  view: DataView
  /** How many bytes of the line stand. */
  at: number
  isAscii: boolean
}

/** ASCII text made ready to be copied. */
export interface Lead {
  readonly words: Int32Array
  readonly length: number
}

const MOST_PER_CHARACTER = 3
/** More than any lead with a number behind it takes; also the most that copying by words spills over. */
const MARGIN = 512
const ZERO = 48
const MINUS = 45
const POINT = 46
const MILLION = 1e6

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

export const createPen = (size = 16_384): Pen => {
  const bytes = Buffer.alloc(size)
  return { bytes, view: viewOf(bytes), at: 0, isAscii: true }
}

/** Throws on text that is not ASCII, or longer than a field's name can be. */
export const leadOf = (text: string): Lead => {
  if (!/^[ -~]{0,400}$/.test(text)) throw new Error(`not fit to stand before a number: ${text}`)
  const bytes = Buffer.alloc(Math.ceil(text.length / 4) * 4)
  bytes.write(text, 'latin1')
  return {
    words: Int32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4)),
    length: text.length,
  }
}

const makeRoom = (pen: Pen, size: number): void => {
  if (pen.at + size + MARGIN <= pen.bytes.length) return
  const bytes = Buffer.alloc(2 * (pen.at + size + MARGIN))
  pen.bytes.copy(bytes, 0, 0, pen.at)
  pen.bytes = bytes
  pen.view = viewOf(bytes)
}

export const putLead = (pen: Pen, { words, length }: Lead): void => {
  makeRoom(pen, 0)
  const { view, at } = pen
  for (let i = 0; i < words.length; i++) view.setInt32(at + 4 * i, words[i]!, true)
  pen.at = at + length
}

/** Where the text ends. */
export const putText = (pen: Pen, text: string): number => {
  makeRoom(pen, text.length * MOST_PER_CHARACTER)
  const size = pen.bytes.write(text, pen.at)
  if (size !== text.length) pen.isAscii = false
  pen.at += size
  return pen.at
}

/** Digits of a whole number from 0 to 2^31 - 1, with zeros before it up to `width`. */
const putDigits = ({ bytes }: Pen, from: number, number: number, width: number): number => {
  let length = 1
  for (let limit = 10; number >= limit && length < 10; limit *= 10) length++
  const end = from + Math.max(length, width)
  let rest = number
  for (let at = end - 1; at >= from; at--) {
    const tens = (rest / 10) | 0
    bytes[at] = ZERO + rest - tens * 10
    rest = tens
  }
  return end
}

/** Digits behind the point of so many millionths, without zeros at the end. */
const putMillionths = ({ bytes }: Pen, from: number, millionths: number): number => {
  let [at, rest] = [from, millionths]
  while (rest > 0) {
    const digit = ((rest * 10) / MILLION) | 0
    bytes[at++] = ZERO + digit
    rest = rest * 10 - digit * MILLION
  }
  return at
}

/**
 * A finite number as JavaScript writes it. Whole numbers and those of up to six decimals are written digit by digit:
 * of up to fifteen digits, a decimal number that reads back as the same value is the shortest one.
 */
export const putNumber = (pen: Pen, value: number): number => {
  const size = Math.abs(value)
  const whole = size | 0
  const millionths = whole === size || size >= 1e9 ? 0 : Math.round(size * MILLION)
  const isDecimal = millionths > 0 && millionths / MILLION === size
  const isLong = Number.isSafeInteger(size) && size < 1e15
  if (whole !== size && !isDecimal && !isLong) return putText(pen, String(value))
  makeRoom(pen, 0)
  if (value < 0) pen.bytes[pen.at++] = MINUS
  if (whole === size) pen.at = putDigits(pen, pen.at, whole, 1)
  else if (isDecimal) {
    pen.at = putDigits(pen, pen.at, whole, 1)
    pen.bytes[pen.at++] = POINT
    pen.at = putMillionths(pen, pen.at, millionths - whole * MILLION)
  } else {
    const millions = Math.floor(size / MILLION)
    pen.at = putDigits(pen, putDigits(pen, pen.at, millions, 1), size - millions * MILLION, 6)
  }
  return pen.at
}

/** Puts the byte of an ASCII sign. */
export const putSign = (pen: Pen, sign: number): void => {
  makeRoom(pen, 0)
  pen.bytes[pen.at++] = sign
}

/** The line as text; the pen begins anew. */
export const takeText = (pen: Pen): string => {
  const text = pen.bytes.toString(pen.isAscii ? 'latin1' : 'utf8', 0, pen.at)
  pen.at = 0
  pen.isAscii = true
  return text
}

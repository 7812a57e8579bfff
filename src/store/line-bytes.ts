/**
 * Line protocol for the hot path: a line grows as bytes under a pen and becomes text once, which costs half of what
 * joining some hundred small texts does. Promises the very text that joining would give; whether a text needs escaping
 * is left to `line-protocol.ts`. Every `put…` writes at `at`, counted in bytes, and tells where it ended.
 */

/** The paper of one line. */
export interface Pen {
  bytes: Buffer
  /** The same bytes: leads are copied eight bytes at a time. */
  view: DataView
  isAscii: boolean
}

/** ASCII text made ready to be copied: its bytes, eight of them read as one number. No ASCII text reads as NaN. */
export interface Lead {
  readonly eights: Float64Array
  readonly length: number
}

const MOST_PER_CHARACTER = 3
/** More than a lead, what is copied beyond its end, and a number take together. */
const MARGIN = 512
const ZERO = 48
const MINUS = 45
const POINT = 46
const MILLION = 1e6

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

export const createPen = (size = 16_384): Pen => {
  const bytes = Buffer.alloc(size)
  return { bytes, view: viewOf(bytes), isAscii: true }
}

/** Throws on text that is not ASCII, or longer than a field's name can be. */
export const leadOf = (text: string): Lead => {
  if (!/^[ -~\n]{0,400}$/.test(text)) throw new Error(`not fit to stand before a number: ${text}`)
  const bytes = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8))
  const eights = Float64Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(i * 8))
  return { eights, length: text.length }
}

const makeRoom = (pen: Pen, end: number): void => {
  if (end + MARGIN <= pen.bytes.length) return
  const bytes = Buffer.alloc(2 * (end + MARGIN))
  pen.bytes.copy(bytes)
  pen.bytes = bytes
  pen.view = viewOf(bytes)
}

export const putLead = (pen: Pen, at: number, { eights, length }: Lead): number => {
  makeRoom(pen, at)
  const { view } = pen
  for (let i = 0; i < eights.length; i++) view.setFloat64(at + 8 * i, eights[i]!, true)
  return at + length
}

export const putText = (pen: Pen, at: number, text: string): number => {
  makeRoom(pen, at + text.length * MOST_PER_CHARACTER)
  const size = pen.bytes.write(text, at)
  if (size !== text.length) pen.isAscii = false
  return at + size
}

/** How many digits a whole number from 0 to 2^31 - 1 has. */
const digitsOf = (number: number): number => {
  if (number < 1e5) return number < 10 ? 1 : number < 100 ? 2 : number < 1e3 ? 3 : number < 1e4 ? 4 : 5
  return number < 1e6 ? 6 : number < 1e7 ? 7 : number < 1e8 ? 8 : number < 1e9 ? 9 : 10
}

/** A whole number from 0 to 2^31 - 1, with zeros before it up to `width`. */
const putDigits = ({ bytes }: Pen, at: number, number: number, width: number): number => {
  const end = at + Math.max(digitsOf(number), width)
  let rest = number
  for (let i = end - 1; i >= at; i--) {
    const tens = (rest / 10) | 0
    bytes[i] = ZERO + rest - tens * 10
    rest = tens
  }
  return end
}

/** So many millionths behind a point, without zeros at the end. */
const putMillionths = ({ bytes }: Pen, at: number, millionths: number): number => {
  let end = at
  bytes[end++] = POINT
  for (let rest = millionths; rest > 0; ) {
    const digit = ((rest * 10) / MILLION) | 0
    bytes[end++] = ZERO + digit
    rest = rest * 10 - digit * MILLION
  }
  return end
}

/** What is no whole number below 2^31: has up to six decimals, or is large, or is rare enough for the long way. */
const putOther = (pen: Pen, at: number, size: number): number => {
  const whole = Math.floor(size)
  const millionths = Math.round(size * MILLION)
  if (size < 1e9 && millionths / MILLION === size)
    return putMillionths(pen, putDigits(pen, at, whole, 1), millionths - whole * MILLION)
  if (whole !== size || size >= 1e15) return putText(pen, at, String(size))
  const millions = Math.floor(size / MILLION)
  return putDigits(pen, putDigits(pen, at, millions, 1), size - millions * MILLION, 6)
}

/**
 * A number as JavaScript writes it. Whole numbers and those of up to six decimals are written digit by digit: of up to
 * fifteen digits, a decimal number that reads back as the same value is the shortest one.
 */
export const putNumber = (pen: Pen, at: number, value: number): number => {
  makeRoom(pen, at)
  const size = Math.abs(value)
  const whole = size | 0
  let start = at
  if (value < 0) pen.bytes[start++] = MINUS
  return whole === size ? putDigits(pen, start, whole, 1) : putOther(pen, start, size)
}

/** What stands before `end`, as text; the pen is free again. */
export const takeText = (pen: Pen, end: number): string => {
  const text = pen.bytes.toString(pen.isAscii ? 'latin1' : 'utf8', 0, end)
  pen.isAscii = true
  return text
}

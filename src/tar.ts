/**
 * The blocks of a tar archive (ustar): the head of a plain file and what stands around its bytes, made and read. Files
 * of 8 GiB and more have their size in the binary form that GNU tar, bsdtar and others read. Promises: the same head
 * gives the same bytes; what is read is a plain file with a sound check sum, or is told apart from one.
 */

/** Every part of an archive is a multiple of this. */
export const TAR_BLOCK = 512
/** What an archive ends with. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK)

const SIZE_AT = 124
const SUM_AT = 148
const KIND_AT = 156
const MOST_OCTAL = 8 ** 11

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`

/** The check sum counts its own field as blanks. */
const sumOf = (head: Buffer): number =>
  head.reduce((total, byte, at) => total + (at >= SUM_AT && at < SUM_AT + 8 ? 0x20 : byte), 0)

/**
 * The head of a file, before its bytes. `name` is up to 100 ASCII characters, `size` in bytes, `at` epoch ms.
 * src: POSIX.1-1988, ustar interchange format
 */
export const tarHead = (name: string, size: number, at: number): Buffer => {
  const head = Buffer.alloc(TAR_BLOCK)
  const put = (text: string, offset: number): void => void head.write(text, offset, 'latin1')
  put(name, 0)
  put(octal(0o600, 8), 100)
  put(octal(0, 8), 108)
  put(octal(0, 8), 116)
  if (size < MOST_OCTAL) put(octal(size, 12), SIZE_AT)
  else {
    head[SIZE_AT] = 0x80
    head.writeUIntBE(size, SIZE_AT + 6, 6)
  }
  put(octal(Math.floor(at / 1000), 12), 136)
  put('0', KIND_AT)
  put('ustar\x0000', 257)
  put(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, SUM_AT)
  return head
}

/** What fills the last block behind a file's bytes. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK)

/** `end`: the archive's; `not plain`: a link, a folder or anything else that is no file; `damaged`: no head at all. */
export type TarHead = { readonly name: string; readonly size: number } | 'end' | 'not plain' | 'damaged'

const textAt = (head: Buffer, from: number, length: number): string => {
  const text = head.toString('latin1', from, from + length)
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

const sizeIn = (head: Buffer): number => {
  if (head[SIZE_AT] === 0x80) return head.readUIntBE(SIZE_AT + 6, 6)
  const digits = textAt(head, SIZE_AT, 12).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

/** Reads one block as a head. Names beyond 100 characters are `not plain`. */
export const readTarHead = (head: Buffer): TarHead => {
  if (head.every((byte) => byte === 0)) return 'end'
  const sum = Number.parseInt(textAt(head, SUM_AT, 8), 8)
  const size = sizeIn(head)
  if (sum !== sumOf(head) || Number.isNaN(size)) return 'damaged'
  const kind = head[KIND_AT]
  if ((kind !== 0x30 && kind !== 0) || head[345] !== 0) return 'not plain'
  return { name: textAt(head, 0, 100), size }
}

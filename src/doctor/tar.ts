/** A .tar.gz of a few small files, as every tar reads it (ustar). Promises: the same entries give the same bytes. */
import { gzipSync } from 'node:zlib'

export interface Entry {
  /** Up to 100 ASCII characters. */
  readonly name: string
  readonly text: string
}

const BLOCK = 512

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`

/** src: POSIX.1-1988, ustar interchange format */
const headerOf = (name: string, size: number, at: number): Buffer => {
  const header = Buffer.alloc(BLOCK)
  const put = (text: string, offset: number): void => void header.write(text, offset, 'latin1')
  put(name, 0)
  put(octal(0o600, 8), 100)
  put(octal(0, 8), 108)
  put(octal(0, 8), 116)
  put(octal(size, 12), 124)
  put(octal(Math.floor(at / 1000), 12), 136)
  // The checksum counts its own field as blanks.
  put(' '.repeat(8), 148)
  put('0', 156)
  put('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** `at`: when the files are of (epoch ms). */
export const tarGz = (entries: readonly Entry[], at: number): Buffer => {
  const blocks = entries.flatMap(({ name, text }) => {
    const bytes = Buffer.from(text)
    return [headerOf(name, bytes.length, at), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]))
}

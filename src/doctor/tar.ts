/** A .tar.gz of a few small files. Promises: the same entries give the same bytes. */
import { gzipSync } from 'node:zlib'
import { TAR_END, tarHead, tarPadding } from '../tar.ts'

export interface Entry {
  /** Up to 100 ASCII characters. */
  readonly name: string
  readonly text: string
}

/** `at`: when the files are of (epoch ms). */
export const tarGz = (entries: readonly Entry[], at: number): Buffer => {
  const blocks = entries.flatMap(({ name, text }) => {
    const bytes = Buffer.from(text)
    return [tarHead(name, bytes.length, at), bytes, tarPadding(bytes.length)]
  })
  return gzipSync(Buffer.concat([...blocks, TAR_END]))
}

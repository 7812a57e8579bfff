/**
 * Room for the bytes of a snapshot, in pages that are given back as soon as it is written: tens of megabytes every few
 * minutes, left to the heap, would stay with the process for good.
 */

const PAGE_BYTES = 1024 * 1024
/** Bytes that a character takes at most. */
const WIDEST = 4

const createPage = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new ArrayBuffer(PAGE_BYTES, { maxByteLength: PAGE_BYTES }))

export interface Pages {
  /** What was written so far, in order. */
  readonly filled: Uint8Array[]
  write(text: string): void
}

export const createPages = (): Pages => {
  const encoder = new TextEncoder()
  const filled: Uint8Array[] = []
  let page = new Uint8Array(0)
  let used = 0
  const write = (text: string): void => {
    for (let rest = text; rest !== ''; ) {
      if (page.length - used < WIDEST) {
        page = createPage()
        used = 0
        filled.push(page)
      }
      const { read, written } = encoder.encodeInto(rest, page.subarray(used))
      used += written
      filled[filled.length - 1] = page.subarray(0, used)
      rest = rest.slice(read)
    }
  }
  return { filled, write }
}

/** Gives the memory of pages back to the system; nothing may read them any more. */
export const releasePages = (pages: readonly Uint8Array[]): void => {
  for (const { buffer } of pages) if (buffer instanceof ArrayBuffer && buffer.resizable) buffer.resize(0)
}

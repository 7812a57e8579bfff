/**
 * Pages of the spool as the drain's two lanes read them: a page that both need is read once, also when they ask for it
 * at the same time. A few pages are kept; one that failed or was empty is read again when it is asked for again.
 */
import type { SpoolLines } from './record.ts'
import type { Spool } from './spool.ts'

export interface Page {
  readonly records: readonly SpoolLines[]
  /** Up to here nothing more is to be read when there are no records. */
  readonly upTo: number
}

const PAGE_BYTES = 512 * 1024
const PAGES = 4

/** Reads the page behind a number; rejects with the disk's error. */
export const createPages = (spool: Pick<Spool, 'durableSeq' | 'read'>): ((afterSeq: number) => Promise<Page>) => {
  let kept: { readonly afterSeq: number; readonly page: Promise<Page> }[] = []

  const read = async (afterSeq: number): Promise<Page> => {
    const upTo = spool.durableSeq
    return { records: await spool.read(afterSeq, PAGE_BYTES), upTo }
  }
  /** What a kept page holds behind the number, be it in the middle of it. */
  const keptBehind = async (afterSeq: number): Promise<Page | undefined> => {
    for (const one of kept) {
      if (one.afterSeq > afterSeq) continue
      const { records, upTo } = await one.page
      const behind = one.afterSeq === afterSeq ? records : records.filter((record) => record.seq > afterSeq)
      if (behind.length > 0) return { records: behind, upTo }
    }
    return undefined
  }

  return async (afterSeq) => {
    const known = await keptBehind(afterSeq)
    if (known !== undefined) return known
    const asked = { afterSeq, page: read(afterSeq) }
    kept = [...kept.slice(1 - PAGES), asked]
    let isUseful = false
    try {
      const page = await asked.page
      isUseful = page.records.length > 0
      return page
    } finally {
      if (!isUseful) kept = kept.filter((one) => one !== asked)
    }
  }
}

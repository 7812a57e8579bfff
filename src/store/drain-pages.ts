/**
 * Pages of the spool as the drain's two lanes read them: a page that both need is read once, also when they ask for it
 * at the same time. A page is kept until both have passed it, and a few at most while one lane stands still; one that
 * failed or was empty is read again when it is asked for again.
 */
import type { SpoolLines } from './record.ts'
import type { Spool } from './spool.ts'

export interface Page {
  readonly records: readonly SpoolLines[]
  /** Up to here nothing more is to be read when there are no records. */
  readonly upTo: number
}

const PAGE_BYTES = 512 * 1024
const PAGES = 8

interface Kept {
  readonly afterSeq: number
  readonly page: Promise<Page>
  /** Number of its last record, once it is read. */
  lastSeq: number
}

/** Reads the page behind a number; rejects with the disk's error. `passedSeq`: up to where both lanes have read. */
export const createPages = (
  spool: Pick<Spool, 'durableSeq' | 'read'>,
  passedSeq: () => number,
): ((afterSeq: number) => Promise<Page>) => {
  let kept: Kept[] = []

  const read = async (afterSeq: number): Promise<Page> => {
    const upTo = spool.durableSeq
    return { records: await spool.read(afterSeq, PAGE_BYTES), upTo }
  }
  const ask = async (afterSeq: number): Promise<Page> => {
    const asked: Kept = { afterSeq, page: read(afterSeq), lastSeq: Number.POSITIVE_INFINITY }
    kept = [...kept.slice(1 - PAGES), asked]
    let isUseful = false
    try {
      const page = await asked.page
      isUseful = page.records.length > 0
      asked.lastSeq = page.records.at(-1)?.seq ?? afterSeq
      return page
    } finally {
      if (!isUseful) kept = kept.filter((one) => one !== asked)
    }
  }

  return async (afterSeq) => {
    const passed = passedSeq()
    kept = kept.filter((one) => one.lastSeq > passed)
    for (;;) {
      // No pause between looking and asking: two lanes would ask for the same.
      const known = kept.find((one) => one.afterSeq <= afterSeq && one.lastSeq > afterSeq)
      if (known === undefined) return ask(afterSeq)
      const { records, upTo } = await known.page
      const behind = known.afterSeq === afterSeq ? records : records.filter((record) => record.seq > afterSeq)
      if (behind.length > 0 || known.afterSeq === afterSeq) return { records: behind, upTo }
      known.lastSeq = records.at(-1)?.seq ?? afterSeq
    }
  }
}

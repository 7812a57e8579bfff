/** Whether a stopped collector's store holds exactly what its spool and recording say was received. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseLine } from '../../src/store/line-protocol.ts'
import { readRecording } from '../../src/store/recording-reader.ts'
import { dumpStore } from './kills.ts'

export interface Tally {
  readonly records: number
  /** Rows that the recorded lines make, each identity once. */
  readonly expected: number
  readonly stored: number
  readonly lost: string[]
  readonly invented: string[]
}

const segmentsIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => /\.spool(\.gz)?$/.test(name))
        .sort()
        .map((name) => join(dir, name))
    : []

/** Reads all segments and recordings of the directory and compares their lines with the rows of the store. */
export const tally = async (dataDir: string): Promise<Tally> => {
  const expected = new Set<string>()
  const seen = new Set<number>()
  const spool = join(dataDir, 'spool')
  for (const path of [...segmentsIn(join(spool, 'recordings')), ...segmentsIn(spool)])
    for await (const { seq, lines } of readRecording(path)) {
      if (seen.has(seq)) continue
      seen.add(seq)
      for (const line of `${lines.raw}${lines.history}`.split('\n').filter((text) => text !== '')) {
        const { measurement, tags, at } = parseLine(line)
        expected.add(`${measurement} ${JSON.stringify(sorted(tags))} ${at}`)
      }
    }
  const dump = await dumpStore(dataDir) // throws when one identity has two rows
  const stored = new Set(
    [...dump].map(([identity, row]) => `${identity.split(' ')[0]} ${JSON.stringify(sorted(row.tags))} ${row.at}`),
  )
  return {
    records: seen.size,
    expected: expected.size,
    stored: stored.size,
    lost: [...expected].filter((identity) => !stored.has(identity)),
    invented: [...stored].filter((identity) => !expected.has(identity)),
  }
}

const sorted = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)))

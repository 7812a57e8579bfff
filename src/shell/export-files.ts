/**
 * The files of an export: one per measurement and day, in the format asked for. A writer gets the rows of a day in pages
 * and promises that in the end all its files have the same columns, whichever fields a day happened to have.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { encodePoint } from '../store/line-protocol.ts'
import type { Row } from '../store/store.ts'
import { csvCell } from './csv.ts'

/** Pages of rows in order. */
export type Pages = AsyncIterable<readonly Row[]>

/** Of one measurement in one bucket. */
export interface DayWriter {
  /** Writes a file that does not exist yet. */
  write(path: string, pages: Pages): Promise<void>
  /** Nothing more comes; when it resolves the files are whole. */
  finish(): Promise<void>
}

/** Line protocol, times in ms, gzipped. */
export const createLinesWriter = (measurement: string): DayWriter => ({
  write: async (path, pages) => {
    const lines = async function* (): AsyncGenerator<string> {
      for await (const page of pages)
        yield page.map(({ tags, at, values }) => encodePoint({ measurement, tags, fields: values, at })).join('')
    }
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path, { flags: 'wx' }))
  },
  finish: async () => undefined,
})

const rowsOf = async function* (path: string): AsyncGenerator<Row> {
  for await (const line of createInterface({ input: createReadStream(path) })) yield JSON.parse(line) as Row
}

/**
 * Comma separated values with a header. Its columns are known when the last day has come: until then rows wait beside
 * the file to be.
 */
export const createCsvWriter = (tags: readonly string[]): DayWriter => {
  const fields = new Set<string>()
  const paths: string[] = []
  const waiting = (path: string): string => `${path}.rows`
  const finishOne = async (path: string, names: readonly string[]): Promise<void> => {
    const lines = async function* (): AsyncGenerator<string> {
      yield `${['time', ...tags, ...names].map(csvCell).join(',')}\r\n`
      for await (const { at, tags: of, values } of rowsOf(waiting(path))) {
        const cells = [new Date(at).toISOString(), ...tags.map((tag) => of[tag]), ...names.map((name) => values[name])]
        yield `${cells.map(csvCell).join(',')}\r\n`
      }
    }
    await pipeline(Readable.from(lines()), createWriteStream(path, { flags: 'wx' }))
    await rm(waiting(path))
  }
  return {
    write: async (path, pages) => {
      const lines = async function* (): AsyncGenerator<string> {
        for await (const page of pages) {
          for (const { values } of page) for (const name in values) fields.add(name)
          yield page.map((row) => `${JSON.stringify(row)}\n`).join('')
        }
      }
      await pipeline(Readable.from(lines()), createWriteStream(waiting(path), { flags: 'wx' }))
      paths.push(path)
    },
    finish: async () => {
      const names = [...fields].sort()
      for (const path of paths) await finishOne(path, names)
    },
  }
}

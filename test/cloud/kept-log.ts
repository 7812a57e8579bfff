/** A log that keeps what was said, as `level: sentence`. */
import { pino } from 'pino'
import type { Log } from '../../src/log.ts'

const LEVELS: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' }

export const createKeptLog = (): { readonly log: Log; readonly said: string[] } => {
  const said: string[] = []
  const write = (line: string): void => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string }
    said.push(`${LEVELS[level]}: ${msg}`)
  }
  return { log: pino({ level: 'debug', base: null }, { write }), said }
}

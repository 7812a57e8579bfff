/** The log: lines for people, or JSON for machines. Errors carry what becomes of the data and what to do. */
import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import { CollectorError } from './errors.ts'

export type Log = Logger

/** A log on standard error. Every line leaves through `redact`, which takes secrets out of it. */
export const createLog = (
  level: string,
  format: 'text' | 'json',
  redact: (line: string) => string = (line) => line,
): Log => {
  const stream =
    format === 'json'
      ? pino.destination({ fd: 2, sync: true })
      : pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', colorize: false })
  return pino({ level, base: null }, { write: (line) => void stream.write(redact(line)) })
}

/** An error as a person should read it: what happened, what becomes of the data, what to do. */
export const explain = (error: unknown): string => {
  if (!(error instanceof CollectorError)) {
    // What the system refuses is told in its own words; only a fault of ours needs the place in the code.
    const isOfSystem = error instanceof Error && 'syscall' in error
    return isOfSystem ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  return `${error.message}\n  Effect: ${error.effect}\n  To do:  ${error.help}`
}

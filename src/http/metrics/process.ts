/**
 * What the process costs the machine, under the names that Prometheus' clients share. Made by hand: the library's own set
 * starts watchers that nobody can end, and tells of a delay of 300 years when it has measured none.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { gauge, type Metric } from './exposition.ts'

export interface ProcessWatch {
  /** Delays are those since the last reading. */
  read(): Metric[]
  stop(): void
}

const RESOLUTION_MS = 20

const usage = (): Metric[] => {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  return [
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'CPU time used, user and system',
      readings: [{ value: (user + system) / 1e6 }],
    },
    gauge('process_resident_memory_bytes', 'resident memory', rss),
    gauge('nodejs_heap_size_used_bytes', 'memory of living and not yet collected objects', heapUsed),
  ]
}

export const watchProcess = (): ProcessWatch => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const late = (ns: number): number | undefined =>
    delay.count === 0 ? undefined : Math.max(0, ns / 1e9 - RESOLUTION_MS / 1000)
  return {
    read: () => {
      const delays = [
        gauge('nodejs_eventloop_lag_mean_seconds', 'how late timers ran since the last reading', late(delay.mean)),
        gauge('nodejs_eventloop_lag_p99_seconds', 'the same, 99th percentile', late(delay.percentile(99))),
        gauge('nodejs_eventloop_lag_max_seconds', 'the same, the latest', late(delay.max)),
      ]
      delay.reset()
      return [...usage(), ...delays]
    },
    stop: () => void delay.disable(),
  }
}

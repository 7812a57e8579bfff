/** Readings as Prometheus reads them. A registry of its own for each answer: what is gone leaves nothing behind. */
import { Counter, Gauge, Registry } from 'prom-client'

interface Reading {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** One metric with all its series. Without readings it is named, and has no value. */
export interface Metric {
  readonly name: string
  readonly type: 'counter' | 'gauge'
  readonly help: string
  readonly readings: readonly Reading[]
}

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/** A gauge with at most one value; one that is not known is left out. */
export const gauge = (name: string, help: string, value: number | undefined): Metric => ({
  name,
  type: 'gauge',
  help,
  readings: value === undefined ? [] : [{ value }],
})

const labelNamesOf = (readings: readonly Reading[]): string[] => [
  ...new Set(readings.flatMap(({ labels }) => Object.keys(labels ?? {}))),
]

const register = (registry: Registry, { name, type, help, readings }: Metric): void => {
  const shape = { name, help, labelNames: labelNamesOf(readings), registers: [registry] }
  // Without labels the library starts at 0, which nobody has measured.
  if (readings.length === 0) shape.labelNames.push('none')
  if (type === 'counter') {
    const counter = new Counter(shape)
    for (const { labels = {}, value } of readings) counter.inc(labels, value)
  } else {
    const one = new Gauge(shape)
    for (const { labels = {}, value } of readings) one.set(labels, value)
  }
}

/** The text format, version 0.0.4. */
export const expose = (metrics: readonly Metric[]): Promise<string> => {
  const registry = new Registry()
  for (const metric of metrics) register(registry, metric)
  return registry.metrics()
}

/** GET /api/v1/kits/{sn}/series: values over time, for charts; raw or hours, by the range. */
import type { z } from 'zod'
import { complaintAbout, SERIES_MEASUREMENTS, seriesFields } from '../../analysis/fields.ts'
import { type SeriesAnswer, seriesOf } from '../../analysis/series.ts'
import { createSeriesIndex } from '../../analysis/series-rows.ts'
import { gapsOf } from '../../analysis/stretches.ts'
import { MEASUREMENTS, type MeasurementName } from '../../catalogue/measurements.ts'
import { ALL } from '../../track/events.ts'
import { withFlags } from '../entry-schema.ts'
import { cut, type HistoryAsked, headOf, MOST_ENTRIES, ofHistory, readAsked } from '../history-question.ts'
import { withOpenGaps } from '../open-gap.ts'
import { type Problem, problem, problemResponse, sendProblem } from '../problem.ts'
import type { App, Sources } from '../route.ts'
import { SERIES_QUERY, SeriesOfKit } from '../series-schema.ts'

const USUAL_MS = 86_400_000

type Query = z.output<z.ZodObject<typeof SERIES_QUERY>>

/** The tags that narrow the question. */
const TAGS = ['module_sn', 'input', 'side', 'circuit'] as const

const isCounted = (tag: string): boolean => tag === 'input' || tag === 'circuit'

interface Wanted {
  readonly measurement: MeasurementName
  readonly fields: readonly string[]
  readonly tags: Readonly<Record<string, string>>
}

/** Inputs and circuits have two digits, and may be asked for by one. */
const tagsOf = (query: Query): Record<string, string> => {
  const tags: Record<string, string> = {}
  for (const tag of TAGS) {
    const value = query[tag]
    if (value !== undefined) tags[tag] = isCounted(tag) ? value.padStart(2, '0') : value
  }
  return tags
}

/** What is wanted by name, or why there is no such thing. */
const readNames = (query: Query, url: string): Wanted | Problem => {
  const named = query.fields?.split(',').map((name) => name.trim())
  const complaint = complaintAbout(query.measurement, named ?? [])
  if (complaint !== undefined) return problem('parameter_invalid', `In querystring: ${complaint}`, url)
  const measurement = SERIES_MEASUREMENTS.find((name) => name === query.measurement)!
  const tags = tagsOf(query)
  const has: readonly string[] = MEASUREMENTS[measurement].tags
  const foreign = Object.keys(tags).find((tag) => !has.includes(tag))
  if (foreign !== undefined)
    return problem('parameter_invalid', `In querystring: ${measurement} is not told apart by ${foreign}.`, url)
  return { measurement, fields: [...new Set(named ?? seriesFields(measurement).keys())], tags }
}

interface Columns {
  readonly tags: Record<string, string>
  readonly at_ms: number[]
  readonly values: Record<string, (number | null)[]>
}

/** Rows as columns, one list of values per field beside the list of moments. */
const columnsOf = ({ rows }: SeriesAnswer, fields: readonly string[]): Columns[] => {
  const series = createSeriesIndex(({ kit_sn: _, ...tags }): Columns => {
    return { tags, at_ms: [], values: Object.fromEntries(fields.map((name) => [name, []])) }
  })
  for (const { tags, at, values } of rows) {
    const into = series.of(tags)
    into.at_ms.push(at)
    for (const name of fields) {
      const value = values[name]
      into.values[name]!.push(typeof value === 'number' ? value : null)
    }
  }
  return series.all()
}

const unitsOf = ({ measurement, fields }: Wanted): Record<string, string> =>
  Object.fromEntries(fields.map((name) => [name, seriesFields(measurement).get(name)!.unit]))

/** What is missing in the range: of the whole kit, and of the modules that are told. */
const gapsIn = async ({ answers }: Sources, asked: HistoryAsked, modules: ReadonlySet<string | undefined>) => {
  const gaps = withOpenGaps(await gapsOf(answers, asked, MOST_ENTRIES), asked)
  const own = gaps.filter(({ module_sn: sn }) => sn === ALL || modules.has(String(sn)))
  return cut(own).told.map(withFlags)
}

/** Nothing is stored of a module that the kit does not have either: why, where the kit's modules are known. */
const unknownModule = ({ kit }: HistoryAsked, { tags }: Wanted): string | undefined => {
  const known = [...new Set([...kit.modules.values()].map(({ sn }) => sn))].sort()
  const { module_sn: asked } = tags
  if (asked === undefined || asked === ALL || known.length === 0 || known.includes(asked)) return undefined
  return `The kit has no module ${asked}, and nothing of one lies in the range. Known: ${known.join(', ')}.`
}

const tell = async (sources: Sources, asked: HistoryAsked, wanted: Wanted, query: Query) => {
  const { aggregate, step: stepS } = query
  const rawFromAt = asked.at - sources.rawKeptMs
  const answer = await seriesOf(sources.answers, { ...asked, ...wanted, aggregate, rawFromAt, ...(stepS && { stepS }) })
  if ('refusal' in answer) return answer
  const series = columnsOf(answer, wanted.fields)
  const unknown = series.length === 0 ? unknownModule(asked, wanted) : undefined
  if (unknown !== undefined) return { refusal: unknown }
  const gaps = await gapsIn(
    sources,
    asked,
    new Set([wanted.tags.module_sn, ...series.map(({ tags }) => tags.module_sn)]),
  )
  const { bucket, stepS: step_s } = answer
  return {
    ...headOf(asked),
    measurement: wanted.measurement,
    aggregate,
    bucket,
    step_s,
    units: unitsOf(wanted),
    series,
    gaps,
  }
}

export const addSeriesRoute = (app: App, sources: Sources): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/kits/:sn/series',
    schema: {
      operationId: 'getSeries',
      summary: 'Values over time',
      description:
        'At most some 2,000 points per series: the step follows the range unless it is given. Below an hour it is read ' +
        'from raw values, else, and where those are past their time, from values of hours, whose means weigh as much as ' +
        'they cover. A step without values is left out, never filled; `gaps` says what is missing and why.',
      tags: ['history'],
      ...ofHistory(SERIES_QUERY),
      response: { 200: SeriesOfKit, default: problemResponse },
    },
    handler: async (request, reply) => {
      const asked = readAsked(sources, request, USUAL_MS)
      if ('status' in asked) return sendProblem(reply, asked)
      const wanted = readNames(request.query, request.url)
      if ('status' in wanted) return sendProblem(reply, wanted)
      const answer = await tell(sources, asked, wanted, request.query)
      if (!('refusal' in answer)) return answer
      return sendProblem(reply, problem('parameter_invalid', `In querystring: ${answer.refusal}`, request.url))
    },
  })
}

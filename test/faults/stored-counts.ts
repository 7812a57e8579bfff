/** How many values a real database holds, by `measurement_field`, asked past the code under test. */
import { askInfluxd } from '../servers/influxd.ts'
import { countValues } from '../servers/victoria-metrics.ts'

interface CountAnswer {
  readonly results: {
    readonly series?: { readonly name: string; readonly columns: string[]; readonly values: number[][] }[]
  }[]
}

/** Over several databases of influxd. */
export const countsInInfluxd = async (url: string, databases: readonly string[]): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  for (const database of databases) {
    const answer = (await askInfluxd(url, database, 'SELECT count(*) FROM /.*/')) as CountAnswer
    for (const { name, columns, values } of answer.results[0]?.series ?? [])
      columns.slice(1).forEach((column, i) => {
        const count = values[0]![i + 1]!
        const field = `${name}_${column.replace(/^count_/, '')}`
        // Hours have the names of what they are the means of, in the other database.
        if (count > 0) counts.set(field, (counts.get(field) ?? 0) + count)
      })
  }
  return counts
}

/** VictoriaMetrics drops database names and keeps a text as the number 0: it counts all the same. */
export const countsInVictoriaMetrics = (url: string): Promise<Map<string, number>> => countValues(url)

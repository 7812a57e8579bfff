/** A real VictoriaMetrics for a test: its write endpoint is that of InfluxDB 2, but it knows no InfluxQL and no texts. */
import { answers, createServerDir, freePort, type RealServer, startServer } from './unprivileged-server.ts'

export const startVictoriaMetrics = async (): Promise<RealServer & { readonly url: string }> => {
  const dir = createServerDir('victoria-metrics')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = [
    `-storageDataPath=${dir}/data`,
    `-httpListenAddr=127.0.0.1:${port}`,
    '-retentionPeriod=100y',
    // it stores a sample that comes twice twice; with this it keeps one, as InfluxDB does
    '-dedup.minScrapeInterval=1ms',
  ]
  const recipe = { program: 'victoria-metrics', args, isReady: () => answers(`${url}/health`, 200) }
  return { ...(await startServer(dir, port, recipe)), url }
}

/** How many values each metric (`measurement_field`) holds, over all series and times. */
export const countValues = async (url: string, match = '{__name__!=""}'): Promise<Map<string, number>> => {
  await (await fetch(`${url}/internal/force_flush`)).arrayBuffer()
  const query = new URLSearchParams({ 'match[]': match, reduce_mem_usage: '0' })
  const text = await (await fetch(`${url}/api/v1/export?${query}`)).text()
  const counts = new Map<string, number>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const series = JSON.parse(line) as { metric: { __name__: string }; values: number[] }
    counts.set(series.metric.__name__, (counts.get(series.metric.__name__) ?? 0) + series.values.length)
  }
  return counts
}

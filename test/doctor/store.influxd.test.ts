import { expect, it } from 'vitest'
import { startInfluxd } from '../servers/influxd.ts'
import { openClinic } from './clinic.ts'

it('writes to a real InfluxDB and reads back, beside what is there', async () => {
  const influxd = await startInfluxd()
  const clinic = await openClinic()
  const env = { INFLUX_URL: influxd.url, INFLUX_API: 'v1' }
  for (const time of [1, 2]) {
    const { lines } = await clinic.look({ env })
    expect(
      lines.find((line) => line.includes('store: ')),
      String(time),
    ).toMatch(/^pass {2}store: rows written to both buckets of InfluxDB/)
  }
  await clinic.close()
  await influxd.close()
})

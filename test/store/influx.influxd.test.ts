import { openInflux } from '../../src/store/influx.ts'
import { startInfluxd } from '../servers/influxd.ts'
import { storeContract } from './contract.ts'

const QUIET = { debug: () => undefined }

storeContract('influx, on influxd 1.x', async () => {
  const influxd = await startInfluxd()
  const store = openInflux({
    url: influxd.url,
    api: 'v1',
    buckets: { raw: 'powerkits', history: 'powerkits_history' },
    timeoutMs: 20_000,
    log: QUIET,
  })
  const close = async (): Promise<void> => {
    await store.close()
    await influxd.close()
  }
  return { store, close }
})

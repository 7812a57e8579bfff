/** `npm run dashboards` writes what Grafana reads: grafana/dashboards/*.json and grafana/provisioning, from grafana/*.ts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { explained, ROOT } from './bootstrap.mjs'
import { prepareDev } from './dev.mjs'

explained(async () => {
  prepareDev()
  const { grafanaFiles } = await import(new URL('dist-dev/grafana/build.js', ROOT).href)
  for (const [path, text] of grafanaFiles()) {
    const file = fileURLToPath(new URL(`grafana/${path}`, ROOT))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
})

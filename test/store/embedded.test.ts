import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { storeContract } from './contract.ts'

storeContract('embedded', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-embedded-'))
  const store = await openEmbedded({ dir, memoryLimit: '256MB', threads: 2, timeoutMs: 20_000, now: () => 0 })
  const close = async (): Promise<void> => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
  return { store, close }
})

import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lockDataDir } from '../src/lock.ts'

const newDir = (): string => mkdtempSync(join(tmpdir(), 'powerkits-lock-'))

it('lets one collector in, and the next when the first is gone', async () => {
  const dir = newDir()
  const unlock = await lockDataDir(dir)
  await expect(lockDataDir(dir)).rejects.toMatchObject({ code: 'data_dir_in_use' })
  await unlock()
  await (await lockDataDir(dir))()
})

it('takes over what a killed process left', async () => {
  const dir = newDir()
  const path = join(dir, 'collector.sock')
  const code = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`
  const child = spawn(process.execPath, ['-e', code])
  await new Promise((up) => child.stdout.once('data', up))
  await expect(lockDataDir(dir)).rejects.toMatchObject({ code: 'data_dir_in_use' })
  child.kill('SIGKILL')
  await new Promise((gone) => child.once('exit', gone))
  await (await lockDataDir(dir))()
})

it('works in a directory whose path is too long for a socket', async () => {
  const dir = join(newDir(), 'd'.repeat(120))
  const unlock = await lockDataDir(dir)
  await expect(lockDataDir(dir)).rejects.toMatchObject({ code: 'data_dir_in_use' })
  await unlock()
})

/** Runs a shell script of deploy/ with commands standing in for those that need a container. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

interface Ran {
  readonly status: number | null
  readonly output: string
}

/** A new folder, removed when the test is over. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A new folder of commands: name → the body of its script. */
export const standIns = (commands: Readonly<Record<string, string>>): string => {
  const folder = newFolder()
  for (const [name, body] of Object.entries(commands))
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return folder
}

/** `before` is a folder of commands that are found first. */
export const runScript = (
  script: string,
  args: readonly string[],
  before: string,
  env: Readonly<Record<string, string>> = {},
): Ran => {
  const { status, stdout, stderr } = spawnSync('sh', [script, ...args], {
    encoding: 'utf8',
    env: { PATH: `${before}:${process.env.PATH}`, ...env },
  })
  return { status, output: stdout + stderr }
}

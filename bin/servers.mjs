/**
 * The real servers, and the browser, that tests run against: which are on PATH, in which version, and which test files need them.
 * A test file names its servers before `.test.ts`: `drain.mosquitto.influxd.test.ts` needs both.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { basename, delimiter, join } from 'node:path'

const SERVERS = [
  { name: 'mosquitto', args: ['-h'], version: /mosquitto version (\S+)/ },
  { name: 'influxd', args: ['version'], version: /InfluxDB v?(\S+)/ },
  // Debian's build of it prints an empty line for --version: its package knows.
  { name: 'victoria-metrics', args: ['--version'], version: /v?(\d+\.\d+\.\d+\S*)/, debian: 'victoria-metrics' },
  { name: 'chromium', args: ['--version'], version: /Chromium (\S+)/ },
]

/** PATH with the folders where Debian puts servers; they are often missing on an unprivileged user's PATH. */
export const serverPath = (path) => [path, '/usr/sbin', '/usr/local/sbin'].filter(Boolean).join(delimiter)

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const output = (file, args) => {
  const run = spawnSync(file, args, { encoding: 'utf8', timeout: 10_000 })
  return `${run.stdout ?? ''}${run.stderr ?? ''}`
}

/** Each server with its `file` and `version`, both undefined where it is not on `path`. */
export const findServers = (path) =>
  SERVERS.map(({ name, args, version, debian }) => {
    const file = path
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find(isExecutable)
    if (file === undefined) return { name, file, version: undefined }
    const found = output(file, args).match(version) ?? (debian && output('dpkg-query', ['-W', debian]).match(version))
    return { name, file, version: found?.[1] ?? 'of unknown version' }
  })

/** Whether the test file at `path` names the server. */
export const needs = (path, name) => {
  const file = basename(path)
  return file.includes(`.${name}.`) && /test\.ts$/.test(file)
}

/** The glob of all test files that need the server. */
export const globOf = (name) => `**/*.${name}.*test.ts`

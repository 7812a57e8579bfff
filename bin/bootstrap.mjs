/**
 * Sets up this checkout: installs the packages when the lock file changed, builds when the sources changed.
 *
 * Promises: with nothing to do it only reads (no network, no npm, a few ms); a failed build leaves the last good one;
 * nothing is installed or built under a running collector, nor by two starts at once. Uses Node's built-ins only.
 * The syntax is that of Node 14, so that an old Node gets a sentence instead of a syntax error.
 * Lock, announcements and stale processes are `running.mjs`; hashes and compiling are `build.mjs`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compile, hashOf, readStamp } from './build.mjs'
import { announceIn, runningCollectors, withLock } from './running.mjs'
import { Refusal, say } from './say.mjs'

/** The checkout, as a file URL that ends in a slash. */
export const ROOT = new URL('../', import.meta.url)

const OLDEST = [20, 19]
const inRoot = (path) => fileURLToPath(new URL(path, ROOT))
const STAMP = inRoot('node_modules/.powerkits-stamp')

/** Throws a Refusal when this Node is too old. */
export const requireNode = (version = process.versions.node) => {
  const [major, minor] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  throw new Refusal(
    `powerkits needs Node ${OLDEST.join('.')} or newer; this is Node ${version}. ` +
      'Install a current Node from https://nodejs.org or with your package manager, then start again.',
  )
}

const packagesAreThere = (lockHash) => {
  if (!existsSync(inRoot('node_modules'))) return false
  if (readStamp(STAMP) === lockHash) return true
  if (!existsSync(inRoot('package-lock.json')) || !existsSync(inRoot('node_modules/.package-lock.json'))) return false
  // Somebody ran npm by hand: its own list of what is there tells whether that was the whole of it.
  const packagesOf = (path) => JSON.parse(readFileSync(inRoot(path), 'utf8')).packages
  const present = packagesOf('node_modules/.package-lock.json')
  const isRight = ([path, wanted]) =>
    path === '' || (present[path] ? present[path].version === wanted.version : Boolean(wanted.optional))
  if (!Object.entries(packagesOf('package-lock.json')).every(isRight)) return false
  writeFileSync(STAMP, lockHash)
  return true
}

const lockHashOf = () => hashOf(ROOT, [existsSync(inRoot('package-lock.json')) ? 'package-lock.json' : 'package.json'])

const install = (quiet) => {
  const startedAt = Date.now()
  const args = existsSync(inRoot('package-lock.json')) ? ['ci'] : ['install']
  say(quiet, `Installing packages (npm ${args[0]}); on a first start this takes up to a minute …`)
  args.push('--include=dev', '--no-audit', '--no-fund', '--loglevel=error')
  // npm is a script on Windows, which only a shell starts; the arguments are fixed words.
  const npm = spawnSync('npm', args, {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    const reason = npm.error ? npm.error.message : `${npm.stdout}${npm.stderr}`.trim().split('\n').slice(-15).join('\n')
    throw new Refusal(
      `The packages could not be installed; nothing was started.\n${reason}\n` +
        'Check the network (or the proxy in ~/.npmrc) and start again.',
    )
  }
  writeFileSync(STAMP, lockHashOf())
  say(quiet, `Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}

const refuseWhileRunning = (what) => {
  const collectors = runningCollectors(ROOT)
  if (collectors.length === 0) return
  const who = collectors.map(({ pid, command }) => `process ${pid} (powerkits ${command})`).join(', ')
  throw new Refusal(
    `${what} changed since the last start, but a collector of this checkout is running: ${who}. ` +
      'Replacing its files now could break it, so nothing was touched and it goes on undisturbed. ' +
      `Stop it first (kill ${collectors.map(({ pid }) => pid).join(' ')}), then start again.`,
  )
}

const SOURCES = ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json']
const BUILD = { project: 'tsconfig.build.json', folder: 'dist', inputs: SOURCES, page: 'src/console' }

/**
 * Installs and builds what is out of date. `quiet` leaves out the progress lines (they go to stderr).
 * Throws a Refusal, whose message is for a person.
 */
export const prepare = ({ quiet = false } = {}) => {
  requireNode()
  const isInstalled = () => packagesAreThere(lockHashOf())
  const isBuilt = () => readStamp(inRoot('dist/.stamp')) === hashOf(ROOT, SOURCES)
  if (isInstalled() && isBuilt()) return
  withLock(ROOT, quiet, () => {
    if (!isInstalled()) {
      if (existsSync(inRoot('node_modules'))) refuseWhileRunning('The list of packages')
      install(quiet)
    }
    if (!isBuilt()) {
      refuseWhileRunning('The sources')
      compile(ROOT, BUILD, quiet)
    }
  })
}

/** Leaves a note that this process is a collector of this checkout; the note goes when the process exits. */
export const announce = (command) => announceIn(ROOT, command)

/** Runs `task`; a Refusal is printed as its sentence, anything else with its stack. Both set exit code 1. */
export const explained = async (task) => {
  try {
    await task()
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${error instanceof Refusal ? error.message : error.stack || error}\n`)
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) explained(() => prepare())

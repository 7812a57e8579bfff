/**
 * `npm test`: sets the checkout up, then runs every test file; further arguments go to vitest.
 *
 * Test files that need a server which is not on PATH are left out by name, and said so; with
 * POWERKITS_REQUIRE_SERVERS=1 that is a failure. What the run says is searched for the secrets that tests hand to the
 * product (test/secrets.json): each one found is a failure. Ends with vitest's exit code and the line `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { explained, ROOT } from './bootstrap.mjs'
import { prepareDev } from './dev.mjs'
import { findServers, globOf, needs, serverPath } from './servers.mjs'

const root = fileURLToPath(ROOT)
const say = (text) => process.stdout.write(`${text}\n`)

const reportLeftOut = (missing) => {
  const files = readdirSync(join(root, 'test'), { recursive: true }).map(String).sort()
  const leftOut = files.filter((file) => missing.some(({ name }) => needs(file, name)))
  if (missing.length === 0) return leftOut
  say(
    `\nNot on PATH: ${missing.map(({ name }) => name).join(', ')}. Left out: ${leftOut.length} of the test files, which need them:`,
  )
  for (const file of leftOut) say(`  test/${file}`)
  say('On Debian or Ubuntu `sudo apt-get install mosquitto influxdb victoria-metrics chromium` brings them.')
  return leftOut
}

const reportRan = (servers, files) => {
  for (const { name, version } of servers.filter(({ file }) => file !== undefined)) {
    const ran = files.filter((file) => needs(file, name)).map((file) => relative(join(root, 'test'), file))
    if (ran.length > 0) say(`Against the real ${name} ${version}: ${ran.sort().join(', ')}`)
  }
}

/** Test files that broke before their first test count as one failure each. */
const countsOf = (report) => {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
}

/** Runs and shows vitest; gives its exit code and all that it said. */
const spawnVitest = async (args, env) => {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['inherit', 'pipe', 'pipe'],
    env: { ...env, ...colour },
  })
  const said = []
  for (const name of ['stdout', 'stderr'])
    child[name].on('data', (chunk) => {
      said.push(chunk)
      process[name].write(chunk)
    })
  const [code] = await once(child, 'close')
  return { code: code ?? 1, said: Buffer.concat(said).toString() }
}

const secretsIn = (text) => {
  const secrets = JSON.parse(readFileSync(join(root, 'test/secrets.json'), 'utf8'))
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const spellings = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').slice(0, -4)]
    return spellings.some((spelling) => text.includes(spelling)) ? [name] : []
  })
}

const runVitest = async (path, missing, extra) => {
  const folder = mkdtempSync(join(tmpdir(), 'powerkits-test-'))
  const reportFile = join(folder, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const excludes = missing.flatMap(({ name }) => ['--exclude', globOf(name)])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  const env = { ...process.env, PATH: path, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE || '8' }
  const { code, said } = await spawnVitest([vitest, 'run', ...reporters, ...excludes, ...extra], env)
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
  rmSync(folder, { recursive: true, force: true })
  return { code, report, secrets: secretsIn(said) }
}

explained(async () => {
  prepareDev()
  const path = serverPath(process.env.PATH)
  const servers = findServers(path)
  const missing = servers.filter(({ file }) => file === undefined)
  const { code, report, secrets } = await runVitest(path, missing, process.argv.slice(2))
  if (report !== undefined)
    reportRan(
      servers,
      report.testResults.map(({ name }) => name),
    )
  const leftOut = reportLeftOut(missing)
  const counts = report === undefined ? { passed: 0, failed: 0 } : countsOf(report)
  let failed = counts.failed
  if (leftOut.length > 0 && process.env.POWERKITS_REQUIRE_SERVERS === '1') {
    say('POWERKITS_REQUIRE_SERVERS=1: the files left out count as failed.')
    failed += leftOut.length
  }
  if (code !== 0 && failed === 0) {
    say('vitest ended with an error outside of any test; it stands above and counts as one failure.')
    failed = 1
  }
  for (const name of secrets) say(`A secret of the tests stands in what they said above: ${name} of test/secrets.json.`)
  failed += secrets.length
  process.exitCode = code || (failed > 0 ? 1 : 0)
  say(`${counts.passed} passed, ${failed} failed`)
})

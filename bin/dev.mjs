/**
 * Lists and runs the modules of `show/` and `bench/`: each exports `title`, one line, and `run()`, which prints its
 * table and resolves to false where it falls short. They are compiled with the sources into dist-dev (Node 20 reads
 * no TypeScript) and each runs in a process of its own, in the checkout's root, with `gc` exposed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepare, ROOT } from './bootstrap.mjs'
import { compile, hashOf, readStamp } from './build.mjs'
import { Refusal } from './say.mjs'
import { serverPath } from './servers.mjs'

const inRoot = (path) => fileURLToPath(new URL(path, ROOT))
const INPUTS = ['src', 'show', 'bench', 'grafana', 'test', 'package.json', 'tsconfig.json', 'tsconfig.dev.json']

/** Compiles sources, shows, benches and the helper processes of tests into dist-dev, when they changed. */
export const prepareDev = () => {
  prepare()
  if (readStamp(inRoot('dist-dev/.stamp')) === hashOf(ROOT, INPUTS)) return
  compile(ROOT, { project: 'tsconfig.dev.json', folder: 'dist-dev', inputs: INPUTS }, false)
}

const namesIn = (folder) =>
  existsSync(inRoot(folder))
    ? readdirSync(inRoot(folder))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => name.slice(0, -3))
        .sort()
    : []

const load = (folder, name) => import(new URL(`dist-dev/${folder}/${name}.js`, ROOT).href)

const runOne = (folder, name) => {
  const run = spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), folder, name], {
    cwd: fileURLToPath(ROOT),
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: serverPath(process.env.PATH),
      UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE || '8',
    },
  })
  return run.status === 0
}

/** Runs the named modules of `folder`, or all for `all`; lists them when none is named. Exit code 1 if one falls short. */
export const runFolder = async (folder, asked) => {
  const names = namesIn(folder)
  const unknown = asked.filter((name) => name !== 'all' && !names.includes(name))
  if (unknown.length > 0)
    throw new Refusal(`No ${folder} is called ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  prepareDev()
  const chosen = asked.includes('all') ? names : asked
  for (const name of asked.length === 0 ? names : []) {
    process.stdout.write(`npm run ${folder} ${name.padEnd(20)} ${(await load(folder, name)).title}\n`)
  }
  const short = chosen.filter((name) => !runOne(folder, name))
  if (short.length === 0) return
  process.stdout.write(`Fell short: ${short.join(', ')}\n`)
  process.exitCode = 1
}

// The process of one module. An explicit exit: what a module left open must not keep it from ending.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, name] = process.argv.slice(2)
  const { title, run } = await load(folder, name)
  process.stdout.write(`\n${title}\n`)
  process.exit((await run()) ? 0 : 1)
}

/**
 * Compiles TypeScript with the checkout's own tsc into a folder that carries a stamp: the hash of what went in.
 * A build that fails leaves the folder and its stamp as they were. Built-ins only, syntax of Node 14.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refusal, say } from './say.mjs'

const filesBelow = (root, path) => {
  const full = new URL(path, root)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(root, `${path}/${encodeURIComponent(name)}`))
}

/** Hash over the names and contents of files and whole folders, given relative to `root`; missing ones are skipped. */
export const hashOf = (root, paths) => {
  const hash = createHash('sha256')
  for (const path of paths.flatMap((each) => filesBelow(root, each))) {
    const bytes = readFileSync(new URL(path, root))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** The hash a stamp file holds; an empty text when there is none. */
export const readStamp = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Output of a tool of node_modules; throws a Refusal with its last words where it fails. */
const runTool = (root, path, args) => {
  const tool = fileURLToPath(new URL(`node_modules/${path}`, root))
  const run = spawnSync(process.execPath, [tool, ...args], { cwd: fileURLToPath(root), encoding: 'utf8' })
  if (run.status === 0) return
  const reason = run.error ? run.error.message : `${run.stdout}${run.stderr}`.trim().split('\n').slice(0, 20).join('\n')
  throw new Refusal(`The sources do not compile, so nothing was started; the last build is untouched.\n${reason}`)
}

/**
 * Builds `folder` from `inputs` by the tsconfig `project`, and with `page` the console into it; afterwards
 * `folder/.stamp` holds their hash.
 */
export const compile = (root, { project, folder, inputs, page }, quiet) => {
  const startedAt = Date.now()
  // Taken first: a file saved during the build makes the next start build again.
  const hash = hashOf(root, inputs)
  const fresh = fileURLToPath(new URL(`${folder}.new`, root))
  const target = fileURLToPath(new URL(folder, root))
  rmSync(fresh, { recursive: true, force: true })
  try {
    const tsconfig = fileURLToPath(new URL(project, root))
    runTool(root, 'typescript/bin/tsc', ['-p', tsconfig, '--outDir', fresh, '--noEmitOnError'])
    if (page) runTool(root, 'vite/bin/vite.js', ['build', page, '--outDir', `${fresh}/console`, '--logLevel', 'warn'])
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw error
  }
  writeFileSync(`${fresh}/.stamp`, hash)
  rmSync(target, { recursive: true, force: true })
  renameSync(fresh, target)
  say(quiet, `Built ${folder} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
}

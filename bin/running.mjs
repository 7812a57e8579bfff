/**
 * Who is at work in this checkout: notes of running collectors (`.run/<pid>`) and the lock of a set-up
 * (`.run/set-up.lock`). A note holds `{ pid, command, bornAt }`; one whose process is gone, or whose number now
 * belongs to another process, is stale and removed. Built-ins only, syntax of Node 14.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refusal, say } from './say.mjs'

const LOCK_WAIT_MS = 5 * 60_000
const POLL_MS = 200
/** A lock is written in one go, but not in one step: so long an empty one counts as just being written. */
const HALF_WRITTEN_MS = 5_000

const runFolder = (root) => {
  const folder = fileURLToPath(new URL('.run/', root))
  mkdirSync(folder, { recursive: true })
  return folder
}

/** On Linux the start of process `pid` in clock ticks since boot, which tells it from a later one of that number. */
const bornAt = (pid) => {
  try {
    // The name in brackets may hold spaces and brackets itself: count fields from its end.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[19]
  } catch {
    return undefined
  }
}

const isAlive = (note) => {
  try {
    process.kill(note.pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return note.bornAt === undefined || note.bornAt === bornAt(note.pid)
}

const readNote = (path) => {
  try {
    const note = JSON.parse(readFileSync(path, 'utf8'))
    return Number.isInteger(note.pid) && note.pid > 0 ? note : undefined
  } catch {
    return undefined
  }
}

const noteOf = (command) => JSON.stringify({ pid: process.pid, command, bornAt: bornAt(process.pid) })

/** Collectors of the checkout that run now; removes the notes of those that do not. */
export const runningCollectors = (root) => {
  const folder = runFolder(root)
  const names = readdirSync(folder).filter((name) => /^\d+$/.test(name))
  return names.flatMap((name) => {
    const note = readNote(folder + name)
    if (note !== undefined && note.pid === Number(name) && isAlive(note)) return [note]
    rmSync(folder + name, { force: true })
    return []
  })
}

/** Notes this process as a running collector until it exits. */
export const announceIn = (root, command) => {
  const path = runFolder(root) + process.pid
  try {
    writeFileSync(path, noteOf(command))
  } catch {
    return // a checkout that this user may not write cannot be rebuilt under it by this user either
  }
  process.on('exit', () => rmSync(path, { force: true }))
}

const take = (path) => {
  try {
    writeFileSync(path, noteOf('set-up'), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

const ageOf = (path) => {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

/** Removes the lock if its holder is gone; otherwise gives the holder. */
const removeStale = (path) => {
  const note = readNote(path)
  if (note === undefined ? ageOf(path) < HALF_WRITTEN_MS : isAlive(note)) return note
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return undefined
  }
  // Another process may have removed the stale lock and taken it since we looked: then this one is its own.
  const moved = readNote(aside)
  if (moved !== undefined && isAlive(moved)) {
    renameSync(aside, path)
    return moved
  }
  rmSync(aside, { force: true })
  return undefined
}

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Runs `task` while no other set-up of this checkout runs; waits for one that does. Throws a Refusal on time-out. */
export const withLock = (root, quiet, task, waitMs = LOCK_WAIT_MS) => {
  const path = `${runFolder(root)}set-up.lock`
  const startedAt = Date.now()
  let isTold = false
  while (!take(path)) {
    const holder = removeStale(path)
    const who = holder === undefined ? 'another process' : `process ${holder.pid}`
    if (Date.now() - startedAt > waitMs) {
      throw new Refusal(
        `Waited ${Math.round(waitMs / 1000)} s for the set-up that ${who} runs in this checkout; nothing was started. ` +
          'Let it finish or stop it, then start again.',
      )
    }
    if (!isTold && holder !== undefined) say(quiet, `Waiting for the set-up that ${who} runs in this checkout …`)
    isTold = isTold || holder !== undefined
    sleep(POLL_MS)
  }
  try {
    task()
  } finally {
    rmSync(path, { force: true })
  }
}

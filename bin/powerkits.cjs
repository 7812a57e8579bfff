#!/usr/bin/env node
/*
 * The command `powerkits`: sets up what is missing, then runs dist/main.js in this same process.
 *
 * Why CommonJS: DuckDB scans run in libuv's thread pool and must never keep the spool's fdatasync waiting, so the
 * pool needs 8 threads instead of 4. Its size is read once, at the pool's first use. Node 20 reads an ECMAScript
 * entry module through that very pool, so a line in such a module comes too late (measured: 4 threads on Node 20,
 * 8 on Node 22 and 24); in a CommonJS entry it is in time on all three.
 */
'use strict'
process.env.UV_THREADPOOL_SIZE = process.env.UV_THREADPOOL_SIZE || '8'

const command = process.argv.slice(2).find((argument) => !argument.startsWith('-'))
const isCollector = command === 'run' || command === 'simulate'

import('./bootstrap.mjs').then(({ announce, explained, prepare, ROOT }) =>
  explained(() => {
    prepare({ quiet: !isCollector && !process.stderr.isTTY })
    if (isCollector) announce(command)
    return import(new URL('dist/main.js', ROOT).href)
  }),
)

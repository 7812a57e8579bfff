/** `npm run bench` runs every bench, `npm run bench NAME` one. */
import { explained } from './bootstrap.mjs'
import { runFolder } from './dev.mjs'

const asked = process.argv.slice(2)
explained(() => runFolder('bench', asked.length === 0 ? ['all'] : asked))

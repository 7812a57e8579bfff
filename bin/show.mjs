/** `npm run show` lists what the project can show of itself, `npm run show NAME` (or `all`) shows it. */
import { explained } from './bootstrap.mjs'
import { runFolder } from './dev.mjs'

explained(() => runFolder('show', process.argv.slice(2)))

/** How the console is built: everything into dist/console, no request to elsewhere, each file also packed for slow links. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const PACKED = /\.(?:js|css|html|svg|webmanifest)$/

/** A `.gz` beside each file, which the collector sends to whoever takes it. */
const packFiles = (): Plugin => {
  let folder = ''
  return {
    name: 'pack-files',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir)
    },
    closeBundle: () => {
      // A build that failed has none, and says why itself.
      if (!existsSync(folder)) return
      for (const file of readdirSync(folder, { recursive: true }).map(String)) {
        if (PACKED.test(file))
          writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file)), { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The policy of the page runs no script that is not a file of its own.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/api/': 'http://127.0.0.1:8484' } },
  plugins: [packFiles()],
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SETTINGS } from '../../src/settings.ts'
import { againstSchema, type ComposeFile, parseCompose } from './compose-file.ts'

const page = readFileSync('docs/stack.md', 'utf8')
const text = readFileSync('docker-compose.yml', 'utf8')
const { services, volumes = {} } = parseCompose(text)
const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, body]) => ({ language, body }))
const ofLanguage = (language: string): string[] =>
  blocks.flatMap((block) => (block.language === language ? [block.body ?? ''] : []))

describe('docs/stack.md', () => {
  it('shows files for overriding that the Compose Specification takes, of services there are', () => {
    const overrides = ofLanguage('yaml').map((body) => parse(body) as ComposeFile)
    expect(overrides.length).toBeGreaterThan(1)
    for (const override of overrides) {
      expect(againstSchema(override)).toEqual([])
      expect(Object.keys(override.services).filter((name) => !(name in services))).toEqual([])
    }
  })

  it('gives commands to services there are', () => {
    const asked = [...page.matchAll(/docker compose (?:exec|cp|run --rm -v "[^"]*") (\w+)/g)].map(
      ([, name]) => name ?? '',
    )
    expect(asked.length).toBeGreaterThan(6)
    expect(asked.filter((name) => !(name in services))).toEqual([])
  })

  it('tells of every service and every volume', () => {
    for (const name of [...Object.keys(services), ...Object.keys(volumes)]) expect(page).toContain(`\`${name}\``)
  })

  it('names settings there are', () => {
    const ofStack = [...text.matchAll(/\$\{(\w+):?-/g)].map(([, name]) => name ?? '')
    const named = [...page.matchAll(/`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`|^([A-Z]+_[A-Z_]+)=/gm)].map(
      ([, inText, inBlock]) => inText ?? inBlock ?? '',
    )
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((name) => !(name in SETTINGS) && !ofStack.includes(name))).toEqual([])
    const onlyHere = ofStack.filter((name) => !(name in SETTINGS))
    expect([...new Set(onlyHere)].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  it('reads secrets where deploy/make-secrets.sh puts them', () => {
    const script = readFileSync('deploy/make-secrets.sh', 'utf8')
    for (const [, name] of page.matchAll(/\/run\/secrets\/([\w-]+)/g)) expect(script).toContain(name)
  })
})

describe('deploy/powerkits.service', () => {
  const unit = readFileSync('deploy/powerkits.service', 'utf8')
  const dockerfile = readFileSync('Dockerfile', 'utf8')

  it('gives node what the image gives it', () => {
    for (const setting of ['UV_THREADPOOL_SIZE=8', 'MALLOC_ARENA_MAX=2', '--max-semi-space-size=8']) {
      expect(unit).toContain(setting)
      expect(dockerfile).toContain(setting)
    }
  })

  it('comes back, and may write to its state alone', () => {
    for (const line of ['Restart=always', 'ProtectSystem=strict', 'StateDirectory=powerkits', 'NoNewPrivileges=yes'])
      expect(unit.split('\n')).toContain(line)
  })

  it('has a template of settings that exist, all of them unset', () => {
    const template = readFileSync('deploy/powerkits.env', 'utf8')
    const names = [...template.matchAll(/^#(\w+)=/gm)].map(([, name]) => name ?? '')
    expect(names.length).toBeGreaterThan(3)
    expect(names.filter((name) => !(name in SETTINGS))).toEqual([])
    expect(template.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([])
  })
})

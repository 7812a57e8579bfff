/**
 * What docker-compose.yml must hold to, each rule a function from the parsed file to complaints (none when kept): its
 * form by the Compose Specification's own schema, and what makes the stack safe to start as it is.
 *
 * compose-spec.json is `compose/config/compose_spec.json` of Docker Compose 1.29.2 (Apache-2.0, Docker Inc.), formatted.
 */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { parse } from 'yaml'

export interface Service {
  readonly image?: string
  readonly build?: string
  readonly user?: string
  readonly profiles?: readonly string[]
  readonly environment?: Readonly<Record<string, string | null>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly restart?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly healthcheck?: object
  readonly mem_limit?: string
  readonly cpus?: number
  readonly pids_limit?: number
  readonly logging?: { readonly options?: Readonly<Record<string, string>> }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes?: Readonly<Record<string, object>>
}

export const parseCompose = (text: string): ComposeFile => parse(text, { merge: true }) as ComposeFile

/** The schema as the validator wants it: `id` and `$schema` are names of an older draft there. */
const readSchema = (): object =>
  JSON.parse(readFileSync('test/stack/compose-spec.json', 'utf8'), (key, value) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
  )

const validator = (() => {
  const ajv = new Ajv2019({ allErrors: true, strict: false })
  ajv.addFormat('duration', /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/)
  ajv.addFormat('ports', /^[^:]+(?::[^:]*){0,2}$/)
  ajv.addFormat('expose', /^\d+(?:-\d+)?(?:\/[a-z]+)?$/)
  ajv.addFormat('subnet_ip_address', /^[\da-f.:]+\/\d+$/)
  return ajv.compile(readSchema())
})()

/** A reference such as `${NAME:-default}` as its default, the way Compose does with nothing set. */
export const filled = (text: string): string => text.replace(/\$\{\w+:?-([^}]*)\}/g, '$1')

/** Values with their references filled in; keys stay. */
const asStarted = (file: unknown): unknown =>
  JSON.parse(JSON.stringify(file, (_, value) => (typeof value === 'string' ? filled(value) : value)))

/** What the Compose Specification's schema objects to. */
export const againstSchema = (file: unknown): string[] =>
  validator(asStarted(file))
    ? []
    : (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)

type Rule = (name: string, service: Service, isBuiltWithCheck: boolean) => string[]
const unless = (isKept: boolean, complaint: string): string[] => (isKept ? [] : [complaint])

/** A whole version: `2.7.12`, `v1.2.3`, perhaps with a variant behind it. */
const PINNED = /^[\w./-]+:v?\d+\.\d+\.\d+(?:-[\w.-]+)?$/
const SECRET_NAME = /PASSWORD|TOKEN|SECRET|ACCESS_KEY/
/** Nothing, a file, or what the user set and nothing otherwise. */
const NO_SECRET = /^$|^\/run\/secrets\/[\w-]+$|^\$\{\w+-\}$/

const isRunOnce = (service: Service): boolean => service.restart === 'no'

export const SERVICE_RULES: Readonly<Record<string, Rule>> = {
  'its image is pinned by exact version': (_, { image }) =>
    unless(PINNED.test(image ?? ''), `image ${image ?? 'is missing'}`),
  'it holds no secret': (_, { environment = {} }) =>
    Object.entries(environment).flatMap(([key, value]) =>
      unless(!SECRET_NAME.test(key) || NO_SECRET.test(value ?? ''), key),
    ),
  'its ports are on loopback unless told otherwise': (_, { ports = [] }) =>
    ports.flatMap((port) =>
      unless(port.startsWith('$' + '{POWERKITS_BIND:-127.0.0.1}:') && filled(port).startsWith('127.0.0.1:'), port),
    ),
  'it is confined': (_, { read_only, cap_drop, security_opt }) => [
    ...unless(read_only === true, 'its root can be written'),
    ...unless(cap_drop?.includes('ALL') === true, 'it keeps capabilities'),
    ...unless(security_opt?.includes('no-new-privileges:true') === true, 'it may gain privileges'),
  ],
  'it runs as an ordinary user': (_, service) =>
    unless(isRunOnce(service) || /^[1-9]\d*:\d+$/.test(service.user ?? ''), `user ${service.user ?? 'of the image'}`),
  'its health is looked after': (_, service, isBuiltWithCheck) =>
    unless(
      isRunOnce(service) || service.healthcheck !== undefined || (service.build !== undefined && isBuiltWithCheck),
      'no health check',
    ),
  'it comes back': (_, { restart }) => unless(restart === 'no' || restart === 'unless-stopped', `restart ${restart}`),
  'it has limits': (_, { mem_limit, cpus, pids_limit, logging }) => [
    ...unless(mem_limit !== undefined && pids_limit !== undefined, 'memory or processes'),
    // more than the machine has and Docker does not start it
    ...unless(cpus !== undefined && cpus <= 1, 'CPU'),
    ...unless(logging?.options?.['max-size'] !== undefined, 'its log'),
  ],
}

/** All complaints about one rule, each with the service's name. */
export const complaintsOf = (rule: string, { services }: ComposeFile, dockerfile: string): string[] =>
  Object.entries(services).flatMap(([name, service]) =>
    (SERVICE_RULES[rule]?.(name, service, /^HEALTHCHECK /m.test(dockerfile)) ?? []).map((text) => `${name}: ${text}`),
  )

/** Images of a Dockerfile that are not pinned. */
export const unpinnedBases = (dockerfile: string): string[] =>
  [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image ?? '').filter((image) => !PINNED.test(image))

/** What is mounted from the checkout: each path must be there. */
export const mountedPaths = ({ services }: ComposeFile): string[] =>
  Object.values(services).flatMap(({ volumes = [] }) =>
    volumes.flatMap((volume) => (volume.startsWith('./') ? [volume.split(':')[0] ?? ''] : [])),
  )

/** The parameters of a command, taken as the catalogue wants them or refused in words that say what was expected. */
import { type Command, paramsSchema } from '../catalogue/command.ts'
import { nearest } from '../nearest.ts'

type Params = Readonly<Record<string, unknown>>

/** What zod says of one problem, as far as it is told on. */
interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

const MOST_SHOWN = 40

const shown = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

/** Names of the parameters that the command takes. */
const paramNames = (command: Command): readonly string[] =>
  Object.keys((paramsSchema(command).properties as object | undefined) ?? {})

const stranger = (key: string, command: Command): string => {
  const names = paramNames(command)
  const meant = nearest(key, names)
  const takes = names.length === 0 ? 'none' : names.join(', ')
  return `${shown(key)} is no parameter of ${command.name}, which takes ${takes}${meant ? `; did you mean ${meant}?` : ''}`
}

const explain = (issue: Issue, command: Command, given: unknown): string[] => {
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => stranger(key, command))
  const key = String(issue.path[0] ?? '')
  if (key === '') return [`parameters must be an object, not ${shown(given)}`]
  const value = (given as Params)[key]
  return [
    value === undefined
      ? `${key} is missing: ${issue.message}`
      : `${key} is ${shown(value)}: expected ${issue.message}`,
  ]
}

/** The parameters, or what is wrong with them: each problem once. */
export const checkParams = (
  command: Command,
  given: unknown,
): { readonly params: Params } | { readonly problems: readonly string[] } => {
  const parsed = command.params.safeParse(given)
  if (parsed.success) return { params: parsed.data }
  const issues: readonly Issue[] = parsed.error.issues
  return { problems: [...new Set(issues.flatMap((issue) => explain(issue, command, given)))] }
}

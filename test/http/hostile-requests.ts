/**
 * Requests that must be refused, each with its status and, where a route or a guard answers, its problem. None of them
 * may lead to anything being sent.
 */
import { danger, forms, values } from './hostile-bodies.ts'
import { names, paths, tokens } from './hostile-heads.ts'
import { formsOf, type Hostile, type Scene } from './hostile-scene.ts'

/** All of them; each is told from the others by its group and what it is. */
export const hostileRequests = (scene: Scene): Hostile[] => {
  const made = formsOf(scene)
  const groups = { token: tokens, name: names, form: forms, value: values, danger, path: paths }
  return Object.entries(groups).flatMap(([group, rowsOf]) =>
    rowsOf(scene, made).map(([what, request, status, code]) => ({
      group,
      what,
      request,
      status,
      ...(code && { code }),
    })),
  )
}

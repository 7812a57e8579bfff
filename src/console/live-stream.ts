/** Server-sent events out of a stream of text, however it is cut into pieces. Pure. */

export interface ServerEvent {
  readonly name: string
  readonly data: string
}

const eventOf = (lines: readonly string[]): ServerEvent | undefined => {
  const values = (field: string) =>
    lines.filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).replace(/^ /, ''))
  const data = values('data')
  return data.length === 0 ? undefined : { name: values('event').at(-1) ?? 'message', data: data.join('\n') }
}

/** Gives a reader that takes pieces of text and gives the events that are complete with them. Comments are left out. */
export const createEventReader = (): ((piece: string) => ServerEvent[]) => {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => eventOf(block.split('\n')) ?? [])
  }
}

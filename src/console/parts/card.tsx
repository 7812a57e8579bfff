/** A part of a page under a heading of its own. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface CardProps {
  readonly title: ComponentChildren
  /** What stands at the right of the heading. */
  readonly aside?: ComponentChildren
  /** Greyed, since what it shows is no longer current. */
  readonly isStale?: boolean
  readonly wide?: boolean
  readonly children: ComponentChildren
}

export const Card = ({ title, aside, isStale, wide, children }: CardProps) => {
  const id = useId()
  return (
    <section class={`card${isStale ? ' is-stale' : ''}${wide ? ' is-wide' : ''}`} aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}

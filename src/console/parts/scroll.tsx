/** What may be wider than the screen: scrolled by touch, and by keys once it is focused. */
import type { ComponentChildren } from 'preact'

export const Scroll = ({ label, children }: { label: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
  <section class="scroll" aria-label={label} tabIndex={0}>
    {children}
  </section>
)

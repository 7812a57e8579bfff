/** A panel of words. */
import { PanelBuilder as Text, TextMode } from '@grafana/grafana-foundation-sdk/text'
import type { BoardPanel } from './panel.ts'

interface Note {
  readonly title: string
  readonly about: string
  /** Markdown. */
  readonly text: string
  readonly w: number
  readonly h: number
}

export const note = ({ title, about, text, w, h }: Note): BoardPanel =>
  new Text().title(title).description(about).mode(TextMode.Markdown).content(text).span(w).height(h)

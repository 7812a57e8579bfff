/** What is drawn beside the lines: stretches without values, hatched (at the foot alone where only a part is missing), and marks of what happened. */
import type uPlot from 'uplot'
import type { ChartGap, ChartMark } from './chart-props.ts'
import { hatchOf, type Paint } from './paint.ts'

const LEAST_PX = 2
const FOOT_PX = 9
const MARK_PX = 5

const positionOf = (plot: uPlot, at: number): number => plot.valToPos(at, 'x', true)

const within = ({ bbox: { left, width } }: uPlot, x: number): number => Math.min(left + width, Math.max(left, x))

export const drawGaps = (plot: uPlot, gaps: readonly ChartGap[], paint: Paint): void => {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  ctx.save()
  ctx.fillStyle = hatchOf(ctx, paint('--strong-line'), ratio)
  ctx.globalAlpha = 0.55
  for (const { from, to, isPartial } of gaps) {
    const [left, right] = [positionOf(plot, from), positionOf(plot, to)]
    if (right < bbox.left || left > bbox.left + bbox.width) continue
    const begin = within(plot, left)
    const height = isPartial ? FOOT_PX * ratio : bbox.height
    const top = bbox.top + bbox.height - height
    ctx.fillRect(begin, top, Math.max(LEAST_PX * ratio, within(plot, right) - begin), height)
  }
  ctx.restore()
}

/** A small flag at the top for each, with a thin line down. */
export const drawMarks = (plot: uPlot, marks: readonly ChartMark[], paint: Paint): void => {
  const { ctx, bbox } = plot
  const size = MARK_PX * devicePixelRatio
  ctx.save()
  ctx.fillStyle = paint('--faint')
  ctx.strokeStyle = paint('--faint')
  ctx.lineWidth = devicePixelRatio * 0.75
  ctx.setLineDash([size / 2.5, size / 2.5])
  for (const { at } of marks) {
    const x = positionOf(plot, at)
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.beginPath()
    ctx.moveTo(x - size, bbox.top)
    ctx.lineTo(x + size, bbox.top)
    ctx.lineTo(x, bbox.top + size * 1.4)
    ctx.fill()
  }
  ctx.restore()
}

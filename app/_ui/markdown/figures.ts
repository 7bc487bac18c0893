import type { Element, ElementContent, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { sanitize, type Schema } from 'hast-util-sanitize'
import { SKIP, visit } from 'unist-util-visit'

const SHAPES = ['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan', 'use']
const STRUCTURE = ['svg', 'g', 'defs', 'symbol', 'marker', 'clipPath', 'mask', 'pattern', 'title', 'desc']
const PAINT = ['linearGradient', 'radialGradient', 'stop']

/** Presentation and geometry. No event handlers, no style sheets, no address other than an id of the same figure. */
const SVG_SCHEMA: Schema = {
  tagNames: [...SHAPES, ...STRUCTURE, ...PAINT],
  strip: ['script', 'style', 'foreignObject'],
  clobber: [],
  protocols: {},
  attributes: {
    '*': [
      ...['id', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'dx', 'dy', 'd', 'points', 'width'],
      ...['height', 'viewBox', 'preserveAspectRatio', 'transform', 'refX', 'refY', 'markerWidth', 'markerHeight'],
      ...['orient', 'markerUnits', 'patternUnits', 'gradientUnits', 'gradientTransform', 'offset', 'stopColor'],
      ...['stopOpacity', 'fill', 'fillOpacity', 'fillRule', 'stroke', 'strokeWidth', 'strokeLineCap', 'strokeLineJoin'],
      ...['strokeDashArray', 'strokeDashOffset', 'strokeOpacity', 'strokeMiterLimit', 'opacity', 'textAnchor'],
      ...['dominantBaseline', 'fontSize', 'fontWeight', 'fontFamily', 'fontStyle', 'letterSpacing', 'markerStart'],
      ...['markerMid', 'markerEnd', 'clipPath', 'clipRule', 'mask', 'vectorEffect', 'paintOrder', 'textLength'],
      ...['lengthAdjust', 'xmlSpace', 'rotate', 'ariaHidden'],
      ['href', /^#[\w-]+$/],
      ['xLinkHref', /^#[\w-]+$/],
    ],
  },
}

/** An SVG figure as a tree that is safe to put into the page; null when the text holds no svg element. */
export function parseFigure(svg: string, name: string): Element | null {
  const tree = sanitize(fromHtml(svg.replace(/^\s*<\?xml[^>]*\?>/, ''), { fragment: true, space: 'svg' }), SVG_SCHEMA)
  const children: ElementContent[] = tree.type === 'root' ? (tree.children as ElementContent[]) : []
  const root = children.find((node): node is Element => node.type === 'element' && node.tagName === 'svg')
  if (!root) return null
  // The caption of the Markdown names the figure; a title would also pop up over it.
  root.children = root.children.filter((node) => node.type !== 'element' || node.tagName !== 'title')
  const width = Number(String(root.properties.viewBox ?? '').split(/[\s,]+/)[2])
  root.properties = {
    viewBox: root.properties.viewBox,
    role: 'img',
    ariaLabel: name,
    style: Number.isFinite(width) ? `--figure-width: ${width}px` : undefined,
  }
  return root
}

/**
 * Puts figures in the place of images: `![what it shows](figures/ring.en.svg "caption")`. An image that is not
 * among `figures` is left out with its words in its place: pages load nothing from other sites.
 */
export function rehypeFigures({ figures }: { figures: Readonly<Record<string, string>> }) {
  return (tree: Root) => {
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'img' || !parent || index === undefined) return
      const alt = String(node.properties.alt ?? '')
      const source = figures[String(node.properties.src ?? '').replace(/^\.\//, '')]
      const svg = source === undefined ? null : parseFigure(source, alt)
      parent.children[index] = svg ? figureOf(svg, node.properties.title) : { type: 'text', value: alt }
      return SKIP
    })
    visit(tree, 'element', (node, index, parent) => {
      const only = node.children.length === 1 ? node.children[0] : undefined
      if (node.tagName !== 'p' || !parent || index === undefined) return
      if (only?.type === 'element' && only.tagName === 'figure') parent.children[index] = only
    })
  }
}

function figureOf(svg: Element, caption: unknown): Element {
  const children: ElementContent[] = [svg]
  if (typeof caption === 'string' && caption !== '') {
    const text: ElementContent = { type: 'text', value: caption }
    children.push({ type: 'element', tagName: 'figcaption', properties: {}, children: [text] })
  }
  return { type: 'element', tagName: 'figure', properties: { tabIndex: 0 }, children }
}

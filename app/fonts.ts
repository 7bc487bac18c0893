import localFont from 'next/font/local'

/*
 * The faces of the site, from packages, served by the site itself under their own names. Next preloads Inter, so that
 * the first picture has it. Letters outside these files' ranges (in names, mostly) come from the faces in fonts.css,
 * Chinese from the reader's system.
 */

export const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2',
  weight: '100 900',
  display: 'swap',
  preload: true,
  adjustFontFallback: false,
  declarations: [{ prop: 'font-family', value: "'Inter Variable'" }],
})

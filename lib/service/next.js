/*
 * The web process: Next's own command line, which ends with the process that started it. The channel to that one is
 * looked after here and not by a `--import` of node, because Next hands such options on to processes of its own.
 */
import './follow-parent.js'
import { createRequire } from 'node:module'

createRequire(import.meta.url)('next/dist/bin/next')

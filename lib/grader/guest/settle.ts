import { settleGlobals } from '../globals'

/*
 * Imported for its effect, before everything else. Deno makes many globals when they are first looked at; its `Buffer`
 * alone costs as much as the rest of a guest's start, and the membrane looks whether there is one.
 */
settleGlobals()

import { Sketch } from './sketch'

/** A sketch as text, for JSON. */
export const sketchToText = (sketch: Sketch): string => btoa(String.fromCharCode(...sketch.encode()))

/** @throws Error when the text is not that of a sketch. */
export const sketchFromText = (text: string): Sketch =>
  Sketch.decode(Uint8Array.from(atob(text), character => character.charCodeAt(0)))

'use client'

import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo } from 'react'
import { visible } from '@/lib/domain/logs/visible'
import type { PickedValue } from './value-menu'
import { wordsOf } from './words'

/** A text of whose words each can be pointed at. Spans, because the text of a button cannot be selected. */
export function WordText({ text }: { text: string }) {
  const pieces = useMemo(() => wordsOf(text), [text])
  return pieces.map(piece =>
    piece.isWord ? (
      // biome-ignore lint/a11y/useSemanticElements: the text of a native button cannot be selected and copied
      <span
        key={piece.at}
        role="button"
        tabIndex={-1}
        data-word={piece.text}
        className="cursor-pointer rounded-xs outline-none hover:bg-primary/15 focus:bg-primary/20"
      >
        {visible(piece.text)}
      </span>
    ) : (
      visible(piece.text)
    ),
  )
}

type Props = { onPick: (picked: PickedValue) => void; children: ReactNode }

/** Where words stand: clicked, or walked to with the arrow keys and opened with Enter. */
export function WordArea({ onPick, children }: Props) {
  const pick = (target: EventTarget | null) => {
    const origin = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-word]') : null
    const value = origin?.dataset.word
    if (!origin || value === undefined) return false
    onPick({ value: { field: 'text', value }, origin })
    return true
  }
  const onClick = (event: MouseEvent) => {
    // Selecting text to copy ends in a click too.
    if (window.getSelection()?.toString() === '') pick(event.target)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step !== 0) {
      const words = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-word]')]
      const at = words.indexOf(event.target as HTMLElement)
      words.at(Math.min(Math.max(at + step, 0), words.length - 1))?.focus()
      event.preventDefault()
    } else if ((event.key === 'Enter' || event.key === ' ') && pick(event.target)) event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a region of text, not a set of form fields
    <div
      role="group"
      aria-label="Text of the line. Arrow keys go from word to word, Enter filters by one."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and it is where the arrow keys begin
      tabIndex={0}
      onClick={onClick}
      onKeyDown={onKeyDown}
      className="min-h-0 overflow-auto p-3 font-mono text-xs leading-5 outline-none focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2"
    >
      {children}
    </div>
  )
}

'use client'

import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

type Props = Omit<ComponentProps<typeof Link>, 'prefetch' | 'onMouseEnter' | 'onFocus' | 'onTouchStart'>

/**
 * A link whose page is asked for when somebody is about to follow it. Next asks for every link in sight, twice: with
 * a page's four to fifty links that is more work, here and on the server, than the page itself.
 */
export function HoverLink(props: Props) {
  const [isMeant, setMeant] = useState(false)
  const mean = () => setMeant(true)
  return (
    <Link
      {...props}
      prefetch={isMeant ? null : false}
      onMouseEnter={mean}
      onFocus={mean}
      onTouchStart={mean}
    />
  )
}

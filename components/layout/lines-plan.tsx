const STATIONS = Array.from({ length: 21 }, (_, index) => 70 + index * 33)
const WATERLINES = [196, 222, 248, 274, 300]

/** The hull in profile, before the incline turns it. */
const HULL = 'M52 168 C 260 186 520 186 792 150 C 764 214 716 286 640 318 L 176 326 C 108 322 70 262 52 168 Z'

/** A drawing for the sign-in page: the lines plan of a hull, standing on its ways. Decoration only. */
export function LinesPlan({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 860 520" fill="none" aria-hidden className={className}>
      <defs>
        <clipPath id="hull">
          <path d={HULL} />
        </clipPath>
      </defs>
      <g transform="rotate(9 430 260)" className="text-primary" stroke="currentColor">
        <path d={HULL} className="fill-card" strokeWidth="1.5" />
        <g clipPath="url(#hull)" strokeWidth="0.75" opacity="0.45">
          {STATIONS.map(x => (
            <path key={x} d={`M${x} 130 V340`} />
          ))}
          {WATERLINES.map(y => (
            <path key={y} d={`M20 ${y - 6} C 260 ${y + 14} 560 ${y + 10} 840 ${y - 26}`} />
          ))}
        </g>
        <path d="M236 177 V104 H372 V179 M262 104 V66 H322 V104 M372 132 H470 V178" strokeWidth="1.5" />
        <path d="M640 318 L 792 150" strokeWidth="1.5" />
      </g>
      <g transform="rotate(9 430 260)" className="text-foreground" stroke="currentColor">
        <path d="M-80 352 H1000" strokeWidth="2" opacity="0.55" />
        <path d="M-80 366 H1000" strokeWidth="0.75" opacity="0.35" />
        {STATIONS.map(x => (
          <path key={x} d={`M${x} 366 V${x % 2 === 0 ? 404 : 386}`} strokeWidth="0.75" opacity="0.3" />
        ))}
        <path
          d="M190 326 V352 M300 326 V352 M410 325 V352 M520 323 V352 M620 320 V352"
          strokeWidth="1.25"
          opacity="0.5"
        />
      </g>
    </svg>
  )
}

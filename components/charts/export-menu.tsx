'use client'

import { DownloadIcon } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { toast } from '@/lib/client/toast'

/** Where a file is, or what makes it here. */
export type FileSource = string | (() => Promise<string>)

type Props = {
  title: string
  csv: FileSource
  json: FileSource
  /** What is drawn now; null while the table is shown. */
  svg: () => SVGSVGElement | null
}

const Face = (props: ComponentProps<typeof Button>) => (
  <Button variant="ghost" size="icon-xs" {...props}>
    <DownloadIcon />
  </Button>
)

/** Files of a chart. Only a button until somebody asks: a page has a dozen of them. */
export function ExportMenu(props: Props) {
  const [isAsked, setAsked] = useState(false)
  if (isAsked) return <OpenedMenu {...props} />
  return <Face aria-label={`Download ${props.title}`} aria-haspopup="menu" onClick={() => setAsked(true)} />
}

/** Opens with its first drawing. What makes a file is loaded when it is chosen. */
function OpenedMenu({ title, csv, json, svg }: Props) {
  const name = title.toLowerCase().replaceAll(' ', '-')
  const save = async (extension: string, type: string, content: () => Promise<BlobPart>) => {
    try {
      const { saveFile } = await import('./save-file')
      saveFile(`${name}.${extension}`, type, await content())
    } catch {
      toast.error(
        `The browser made no ${extension.toUpperCase()} file of this chart. Reload the page and try again.`,
      )
    }
  }
  const savePng = () => {
    const drawn = svg()
    if (!drawn) return toast.error('Show the chart first; a table has no picture.')
    return save('png', 'image/png', async () => (await import('./save-file')).svgToPng(drawn))
  }
  const item = (extension: string, type: string, source: FileSource) =>
    typeof source === 'string' ? (
      <DropdownMenuItem asChild>
        <a href={source} download>
          {extension.toUpperCase()}
        </a>
      </DropdownMenuItem>
    ) : (
      <DropdownMenuItem onSelect={() => void save(extension, type, source)}>
        {extension.toUpperCase()}
      </DropdownMenuItem>
    )
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <Face aria-label={`Download ${title}`} />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {item('csv', 'text/csv', csv)}
        {item('json', 'application/json', json)}
        <DropdownMenuItem onSelect={() => void savePng()}>PNG</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

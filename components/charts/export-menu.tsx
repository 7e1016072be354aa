'use client'

import { DownloadIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { toast } from '@/lib/client/toast'

type Props = {
  title: string
  csv: () => Promise<string>
  json: () => Promise<string>
  /** What is drawn now; null while the table is shown. */
  svg: () => SVGSVGElement | null
}

/** Files of a chart. What makes them is loaded when somebody asks for one. */
export function ExportMenu({ title, csv, json, svg }: Props) {
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
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-xs" aria-label={`Download ${title}`}>
          <DownloadIcon />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => void save('csv', 'text/csv', csv)}>CSV</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void save('json', 'application/json', json)}>JSON</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void savePng()}>PNG</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

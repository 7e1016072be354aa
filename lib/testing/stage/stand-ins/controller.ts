// Stands in for the controller in tests of the supervisor: ready at once, notes how it was asked to end.
import { writeRunFile } from '@/lib/processes/run-file'
import { noteAndExitOn } from './note'

writeRunFile('controller', { port: 0 })
noteAndExitOn('controller', ['SIGTERM', 'SIGHUP'])
setInterval(() => {}, 60_000)

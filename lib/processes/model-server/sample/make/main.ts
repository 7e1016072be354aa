import { SAMPLE_MODEL_DIR, SAMPLE_SENTENCES_FILE } from '@/lib/domain/endpoint/sample'
import { makeSample } from './make'
import { percent } from './measure'

const measured = await makeSample(SAMPLE_MODEL_DIR, SAMPLE_SENTENCES_FILE)
console.log(`Wrote ${SAMPLE_MODEL_DIR}`)
console.log(`Accuracy ${percent(measured.all)} (${measured.all.right} of ${measured.all.total} sentences)`)

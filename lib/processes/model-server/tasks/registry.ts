import type { PipelineType } from '@huggingface/transformers'
import type { ServedTask } from '@/lib/domain/endpoint/task'
import type { AnyAdapter } from './adapter'
import { audioClassification, zeroShotAudioClassification } from './audio-classification'
import { automaticSpeechRecognition } from './automatic-speech-recognition'
import { featureExtraction, sentenceEmbeddings, sentenceSimilarity } from './feature-extraction'
import { fillMask } from './fill-mask'
import { imageClassification } from './image-classification'
import { objectDetection, zeroShotImageClassification, zeroShotObjectDetection } from './image-labels'
import { backgroundRemoval, imageSegmentation } from './image-segmentation'
import {
  depthEstimation,
  documentQuestionAnswering,
  imageFeatureExtraction,
  imageToImage,
  imageToText,
} from './image-to-any'
import { questionAnswering } from './question-answering'
import { sentenceRanking } from './sentence-ranking'
import { textClassification } from './text-classification'
import { textGeneration } from './text-generation'
import { textToAudio } from './text-to-audio'
import { text2text } from './text2text'
import { tokenClassification } from './token-classification'
import { zeroShotClassification } from './zero-shot-classification'

/** The library's pipeline that loads a task's model, and the task's wire format. */
type Entry = { pipeline: PipelineType; adapter: AnyAdapter }

/** The library has a pipeline of the task's own name. */
const own = <Name extends PipelineType>(pipeline: Name, adapter: AnyAdapter): Entry => ({ pipeline, adapter })

export const REGISTRY: Record<ServedTask, Entry> = {
  'text-classification': own('text-classification', textClassification),
  'token-classification': own('token-classification', tokenClassification),
  'question-answering': own('question-answering', questionAnswering),
  'fill-mask': own('fill-mask', fillMask),
  summarization: own('summarization', text2text),
  translation: own('translation', text2text),
  'text2text-generation': own('text2text-generation', text2text),
  'text-generation': own('text-generation', textGeneration),
  'zero-shot-classification': own('zero-shot-classification', zeroShotClassification),
  'feature-extraction': own('feature-extraction', featureExtraction),
  'sentence-similarity': { pipeline: 'feature-extraction', adapter: sentenceSimilarity },
  'sentence-embeddings': { pipeline: 'feature-extraction', adapter: sentenceEmbeddings },
  'sentence-ranking': { pipeline: 'text-classification', adapter: sentenceRanking },
  'image-classification': own('image-classification', imageClassification),
  'zero-shot-image-classification': own('zero-shot-image-classification', zeroShotImageClassification),
  'image-segmentation': own('image-segmentation', imageSegmentation),
  'object-detection': own('object-detection', objectDetection),
  'zero-shot-object-detection': own('zero-shot-object-detection', zeroShotObjectDetection),
  'image-to-text': own('image-to-text', imageToText),
  'image-to-image': own('image-to-image', imageToImage),
  'image-feature-extraction': own('image-feature-extraction', imageFeatureExtraction),
  'background-removal': own('background-removal', backgroundRemoval),
  'depth-estimation': own('depth-estimation', depthEstimation),
  'document-question-answering': own('document-question-answering', documentQuestionAnswering),
  'audio-classification': own('audio-classification', audioClassification),
  'zero-shot-audio-classification': own('zero-shot-audio-classification', zeroShotAudioClassification),
  'automatic-speech-recognition': own('automatic-speech-recognition', automaticSpeechRecognition),
  'text-to-audio': own('text-to-audio', textToAudio),
}

export const adapterOf = (task: ServedTask): AnyAdapter => REGISTRY[task].adapter

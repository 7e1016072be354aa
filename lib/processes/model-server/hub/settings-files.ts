/** Small files beside the weights; names the library reads, whatever the architecture. */
const EXTENSIONS = /\.(json|txt|jinja|model)$/
/** JSON that belongs to other frameworks' weights or to training. */
const FOREIGN = /(\.index\.json|trainer_state\.json|training_args|^flax_|^tf_|^pytorch_)/

/** What describes a model: config, tokenizer, processor, generation, sentence-transformers' pooling. */
export function isSettingsFile(path: string): boolean {
  if (path === '1_Pooling/config.json') return true
  return !path.includes('/') && EXTENSIONS.test(path) && !FOREIGN.test(path)
}

import { describe, expect, test } from 'vitest'
import { emptyIntake, intake } from './intake'
import type { LogLevel } from './line'
import { parseLine, plainLine } from './parse-line'

/** Lines as the programs print them, taken from what people posted of them; names and numbers shortened. */
const LINES: Record<string, [level: LogLevel | null, line: string][]> = {
  uvicorn: [
    ['info', 'INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)'],
    ['info', '\u001b[32mINFO\u001b[0m:     Application startup complete.'],
    ['info', 'INFO:     127.0.0.1:40622 - "POST /v1/chat/completions HTTP/1.1" 500 Internal Server Error'],
    ['warning', 'WARNING:  Invalid HTTP request received.'],
    ['error', 'ERROR:    [Errno 98] error while attempting to bind on address: address already in use'],
    ['trace', 'TRACE:    127.0.0.1:40622 - HTTP connection made'],
  ],
  gunicorn: [
    ['info', '[2024-06-28 20:44:32 +0000] [74] [INFO] Listening at: http://0.0.0.0:8000 (74)'],
    ['critical', '[2024-06-28 20:44:32 +0000] [74] [CRITICAL] WORKER TIMEOUT (pid:91)'],
    [
      'error',
      '[2024-06-28 20:44:32 +0000] [74] [ERROR] Worker (pid:91) was sent SIGKILL! Perhaps out of memory?',
    ],
    ['error', '[ERROR] gunicorn.error: WORKER TIMEOUT (pid:23475)'],
    [null, '127.0.0.1 - - [28/Jun/2024:20:44:32 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8.5.0"'],
  ],
  vLLM: [
    ['info', 'INFO 04-23 14:49:33 [launcher.py:36] Route: /v1/models, Methods: GET'],
    ['info', '(APIServer pid=84980) INFO 01-10 18:28:00 [launcher.py:46] Route: /health, Methods: GET'],
    [
      'info',
      '\u001b[1;36m(APIServer pid=1)\u001b[0;0m INFO:     127.0.0.1:35134 - "POST /v1/completions HTTP/1.1" 200 OK',
    ],
    [
      'warning',
      '(APIServer pid=1) WARNING 05-07 04:54:33 [model.py:1449] Default sampling parameters overridden',
    ],
    ['error', '(EngineCore_DP0 pid=59619) ERROR 10-15 08:32:29 [core.py:708] EngineCore failed to start.'],
    [
      'error',
      '(EngineCore_DP0 pid=47) (Worker_TP0 pid=50) ERROR 10-15 08:32:29 [multiproc.py:597] out of memory',
    ],
    ['debug', 'DEBUG 04-06 00:55:29 [client.py:193] Waiting for output from MQLLMEngine.'],
    ['info', '(RayWorkerWrapper pid=411, ip=10.0.0.4) INFO 05-01 10:00:00 worker.py:173] memory profiling'],
    ['error', '(APIServer pid=64866) Traceback (most recent call last):'],
    [
      'warning',
      '[rank0]:[W1220 18:47:14.283893742 ProcessGroupNCCL.cpp:1496] Warning: destroy_process_group() was not called',
    ],
    [null, 'Loading safetensors checkpoint shards:  50% Completed | 1/2 [00:01<00:01,  1.05s/it]'],
  ],
  TGI: [
    [
      'info',
      '2024-10-16T10:48:41.374381Z  INFO shard-manager: text_generation_launcher: Waiting for shard rank=2',
    ],
    [
      'warning',
      '2023-10-16T07:30:41.490618Z  WARN text_generation_router: router/src/main.rs:252: Invalid hostname',
    ],
    [
      'error',
      '2024-03-06T17:53:31.052367Z ERROR shard-manager: text_generation_launcher: Shard complete rank=0',
    ],
    [
      'info',
      '\u001b[2m2024-05-01T01:17:02.618817Z\u001b[0m \u001b[32m INFO\u001b[0m \u001b[2mtext_generation_launcher\u001b[0m\u001b[2m:\u001b[0m Args {',
    ],
    ['error', 'Error: ShardCannotStart'],
    ['error', "error: invalid value 'True' for '--disable-custom-kernels'"],
    [
      'info',
      '{"timestamp":"2024-05-01T01:17:02.618817Z","level":"INFO","message":"Connected","target":"router"}',
    ],
    ['error', '{"text": "oom\\n", "record": {"level": {"icon": "x", "name": "ERROR", "no": 40}, "line": 7}}'],
  ],
  TEI: [
    [
      'info',
      '2025-11-13T12:06:25.730681Z  INFO download_artifacts: text_embeddings_core::download: core/src/download.rs:42: Starting download',
    ],
    [
      'info',
      '2025-08-09T19:36:02.798333Z  INFO openai_embed{total_time="1.2s" queue_time="686.203µs"}: text_embeddings_router::http::server: Success',
    ],
    [
      'warning',
      '2025-11-24T13:41:47.645381Z  WARN text_embeddings_router: router/src/lib.rs:191: Could not find a Sentence Transformers config',
    ],
    [
      'error',
      '2025-11-24T13:41:49.000000Z ERROR text_embeddings_backend: backends/src/lib.rs:255: Could not start Candle backend',
    ],
    ['error', 'Error: Could not create backend'],
    ['error', "thread 'main' panicked at router/src/lib.rs:12:5:"],
  ],
  'llama.cpp': [
    ['info', '0.08.500.798 I srv    load_model: context checkpoints enabled, max = 32'],
    ['info', '50.10.605.986 I slot print_timing: id  0 | task 22576 | eval time = 5257.71 ms'],
    ['warning', '0.00.512.101 W llama_context: n_ctx_per_seq (4096) < n_ctx_train (131072)'],
    ['error', '0.01.135.060 E srv    load_model: failed to load model'],
    ['warning', 'W llama_context: n_ctx_per_seq (4096) < n_ctx_train (131072)'],
    ['info', 'I srv  update_slots: all slots are idle'],
    ['info', 'INFO [                    main] build info | tid="139894354608128" timestamp=1723538705'],
    ['error', ' ERR [              load_model] unable to load model | tid="139894354608128"'],
    ['trace', 'VERB [      log_server_request] request | tid="139894354608128" timestamp=1723538705'],
    ['info', '{"timestamp":1706462746,"level":"INFO","function":"main","line":2870,"message":"build info"}'],
    [null, 'llama_model_loader: loaded meta data with 46 key-value pairs and 363 tensors'],
  ],
  'Python logging': [
    ['warning', 'WARNING:root:disk is nearly full'],
    ['error', 'ERROR:app.model:failed'],
    ['warning', '2026-01-31 12:00:00,123 WARNING disk is nearly full'],
    ['info', '2026-01-31 12:00:00,123 - app.model - INFO - loading'],
    ['warning', '2026-01-31 12:00:00,123 [WARNING] app.model: slow'],
    ['warning', '2026-01-31 12:00:00,123 [MainThread] [WARNING] app.model: slow'],
    ['error', '2026-01-31 12:00:00,123:ERROR:failed'],
    ['error', '2026-01-31 12:00:00,123:app.model:ERROR:failed'],
    ['info', 'INFO     app.model:model.py:12 loading'],
    ['error', 'ERROR failed'],
    ['info', '[2026-01-31 12:00:00,123] INFO in app: loading'],
    ['warning', '[WARNING|configuration_utils.py:447] 2026-01-31 12:00:00,123 >> not used'],
    [
      'warning',
      '/opt/lib/python3.12/site-packages/torch/cuda/__init__.py:61: FutureWarning: pynvml is deprecated.',
    ],
    ['warning', 'server.py:7: UserWarning: slow'],
    ['error', 'Traceback (most recent call last):'],
    ['error', 'Fatal Python error: Segmentation fault'],
    ['critical', 'CRITICAL:app:no model'],
  ],
  pino: [
    ['info', '{"level":30,"time":1522431328992,"pid":42,"hostname":"foo","msg":"hello world"}'],
    ['trace', '{"level":10,"time":1522431328992,"msg":"x"}'],
    [
      'critical',
      '{"level":60,"time":1522431328992,"err":{"type":"Error","stack":"Error: x\\n    at y"},"msg":"x"}',
    ],
    ['warning', '{"level":"warn","time":"2026-01-31T12:00:00.000Z","msg":"x"}'],
    ['info', '[17:35:28.992] INFO (42): hello world'],
    ['error', '[1522431328992] ERROR (42 on foo): hello world'],
    ['warning', '\u001b[33mWARN\u001b[39m [17:35:28.992]: level first'],
  ],
  others: [
    ['warning', '2024-01-30 10:00:00.123456: W tensorflow/core/framework/op_kernel.cc:1] x'],
    ['warning', 'W0000 00:00:1712345678.123456     123 cuda_dnn.cc:529] Loaded'],
    ['info', '[TensorRT-LLM][INFO] Engine version 0.12.0 found in the config file'],
    ['warning', '[01/31/2026-12:00:00] [TRT-LLM] [W] Implicitly setting'],
    ['info', 'time=2025-03-05T06:58:54.116Z level=INFO source=server.go:380 msg="starting llama server"'],
    ['info', '[2025-03-19 13:47:16.875] [info] llama_api_server in main.rs:202: LOG LEVEL: debug'],
    [null, '[GIN] 2025/03/05 - 06:58:54 | 200 | 1.2ms | 127.0.0.1 | GET "/api/tags"'],
    [null, 'ERRORS were found in the file'],
    [null, 'I am a sentence'],
    [null, 'INFORMATION'],
  ],
}

describe.each(Object.entries(LINES))('the level of what %s writes', (_, lines) => {
  test.each(lines.map(([level, line]) => ({ level, line })))('$level: $line', ({ level, line }) => {
    expect(parseLine(plainLine(line), Date.parse('2026-01-31T12:00:00Z')).level).toBe(level)
  })
})

describe('what belongs together', () => {
  const blocksOf = (lines: readonly string[]) =>
    intake(
      emptyIntake(),
      lines.map(text => ({ timeMs: 1_000, stream: 'stderr' as const, text })),
      Number.POSITIVE_INFINITY,
    ).lines.map(line => line.continues ?? false)
  const oneBlock = (count: number) => Array.from({ length: count }, (_, index) => index > 0)

  test('a trace whose every line names its process', () => {
    const trace = [
      '(APIServer pid=64866) Traceback (most recent call last):',
      '(APIServer pid=64866)   File "/opt/vllm/bin/vllm", line 8, in <module>',
      '(APIServer pid=64866)     sys.exit(main())',
      '(APIServer pid=64866)              ^^^^^^',
      '(APIServer pid=64866) RuntimeError: Engine core initialization failed.',
    ]
    expect(blocksOf([...trace, '(APIServer pid=64866) INFO:     Shutting down'])).toEqual([
      ...oneBlock(trace.length),
      false,
    ])
  })

  test('a trace that was logged line by line, each with a head of its own', () => {
    const head = '(EngineCore_DP0 pid=59619) ERROR 10-15 08:32:29 [core.py:708]'
    const trace = [
      `${head} EngineCore failed to start.`,
      `${head} Traceback (most recent call last):`,
      `${head}   File "/opt/vllm/v1/engine/core.py", line 699, in run_engine_core`,
      `${head}     engine_core = EngineCoreProc(*args, **kwargs)`,
      `${head} torch.OutOfMemoryError: CUDA out of memory.`,
    ]
    expect(blocksOf([...trace, `${head} the next one`])).toEqual([...oneBlock(trace.length), false])
  })

  test('an error of Rust with its causes', () => {
    const lines = ['Error: Could not create backend', '', 'Caused by:', '    Model not supported']
    expect(blocksOf(lines)).toEqual(oneBlock(lines.length))
  })
})

export const BENCH_TOKEN = 'bench-token-of-thirty-two-characters'

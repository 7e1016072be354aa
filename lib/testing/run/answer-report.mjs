// Whether a provider's tests had a real thing before them: each answer by who gave it.

const WHO = { emulated: 'emulated', product: 'another Slipway', 'stand-in': 'stand-in' }

/**
 * @param {string} text a line of JSON per place and kind of answer, as `Answers.tell` writes
 * @returns {string[]}
 */
export function answerReport(text) {
  const sums = new Map()
  for (const line of text.split('\n').filter(Boolean)) {
    const { place, by, actions } = JSON.parse(line)
    const key = `${place}, ${WHO[by]}`
    const sum = sums.get(key) ?? {}
    for (const [action, count] of Object.entries(actions)) sum[action] = (sum[action] ?? 0) + count
    sums.set(key, sum)
  }
  return [...sums].sort().map(([key, sum]) => {
    const all = Object.values(sum).reduce((total, count) => total + count, 0)
    const each = Object.entries(sum)
      .sort()
      .map(([action, count]) => `${action} ${count}`)
    return `${key}: ${each.join(', ')} (${all} in all)`
  })
}

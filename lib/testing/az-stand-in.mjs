// Stands in for the Azure CLI, signed in: `az account get-access-token` as Microsoft documents it, with a token that
// the tests' Entra gives out for exactly the resource that was asked for.
const { ENTRA_TOKEN_URL = '', ENTRA_CLIENT_ID = '', ENTRA_CLIENT_SECRET = '' } = process.env
const [account, verb, ...rest] = process.argv.slice(2)
const options = Object.fromEntries(rest.flatMap((name, i) => (i % 2 === 0 ? [[name, rest[i + 1]]] : [])))
const isKnown = Object.keys(options).sort().join() === '--query,--resource,-o'
if (`${account} ${verb}` !== 'account get-access-token' || !isKnown)
  throw new Error(`no such command: ${process.argv.slice(2).join(' ')}`)
if (options['--query'] !== 'accessToken' || options['-o'] !== 'tsv')
  throw new Error('it prints one text only')
const answer = await fetch(ENTRA_TOKEN_URL, {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: ENTRA_CLIENT_ID,
    client_secret: ENTRA_CLIENT_SECRET,
    scope: `${options['--resource']}/.default`,
  }),
})
if (!answer.ok) throw new Error(await answer.text())
console.log((await answer.json()).access_token)

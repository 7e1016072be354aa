import { taskLabel } from '@/lib/domain/endpoint/task'
import { DEMO_LABELS, DEMO_VERSIONS, type DemoFile, type DemoKind, type DemoOf, TOKEN_SECRET } from './demo'
import { gradioApp } from './gradio-app'
import { streamlitApp } from './streamlit-app'

/** Streamlit's own port, where a Space of kind Docker listens. */
const STREAMLIT_PORT = 8501

/**
 * A demo as files: the app, what it needs, and a README whose front matter makes a Space of it. Spaces have no
 * Streamlit of their own since April 2025, so that one brings a Dockerfile.
 */
export function demoFiles(kind: DemoKind, of: DemoOf): DemoFile[] {
  return [
    { path: 'app.py', text: kind === 'gradio' ? gradioApp(of) : streamlitApp(of) },
    { path: 'requirements.txt', text: `${kind}==${DEMO_VERSIONS[kind]}\n` },
    { path: 'README.md', text: readme(kind, of) },
    ...(kind === 'streamlit' ? [{ path: 'Dockerfile', text: DOCKERFILE }] : []),
  ]
}

const DOCKERFILE = `FROM python:3.12-slim
RUN useradd --create-home --uid 1000 user
USER user
WORKDIR /home/user/app
COPY --chown=user requirements.txt .
RUN pip install --no-cache-dir --user -r requirements.txt
COPY --chown=user app.py .
EXPOSE ${STREAMLIT_PORT}
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.port=${STREAMLIT_PORT}", "--server.address=0.0.0.0"]
`

const frontMatter = (kind: DemoKind, { name }: DemoOf): string[] => [
  '---',
  `title: ${JSON.stringify(name)}`,
  'emoji: 🚢',
  'colorFrom: blue',
  'colorTo: gray',
  ...(kind === 'gradio'
    ? ['sdk: gradio', `sdk_version: ${DEMO_VERSIONS.gradio}`, 'python_version: "3.12"', 'app_file: app.py']
    : ['sdk: docker', `app_port: ${STREAMLIT_PORT}`]),
  'pinned: false',
  '---',
]

function readme(kind: DemoKind, of: DemoOf): string {
  const start = kind === 'gradio' ? 'python app.py' : 'streamlit run app.py'
  const needsToken = of.security !== 'public'
  const token = needsToken
    ? `It reads the endpoint's token from the environment variable \`${TOKEN_SECRET}\`; in a Space that is a secret of this name. The token is in none of these files.`
    : 'The endpoint is public: no token is needed.'
  return `${frontMatter(kind, of).join('\n')}

# ${of.name}

A ${DEMO_LABELS[kind]} demo of an endpoint at ${of.url} (${taskLabel(of.task).toLowerCase()}, ${of.model}), made by Slipway.
${token}

\`\`\`sh
pip install -r requirements.txt
${needsToken ? `export ${TOKEN_SECRET}=…\n` : ''}${start}
\`\`\`
`
}

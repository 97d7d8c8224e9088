import { createRoot } from 'react-dom/client'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import 'graphiql/graphiql.css'
import './console.css'
import { Console } from './Console.jsx'
import { loadSettings } from './settings.js'
import { admin, become } from './viewer.js'
import EditorWorker from './worker.js?worker'

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new EditorWorker({ name: label === 'graphql' || label === 'json' ? label : 'editor' }),
}

const settings = await loadSettings()
if (settings.personas) become(admin)
createRoot(document.getElementById('root')).render(<Console settings={settings} />)

import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history'
import { GraphiQLProvider } from '@graphiql/react'
import { createLocalStorage } from '@graphiql/toolkit'
import { GraphiQL, GraphiQLInterface } from 'graphiql'
import { Bar } from './Bar.jsx'
import { fetcher } from './gateway.js'

// Other GraphiQLs are met on localhost too; their open tabs are not ours.
const storage = createLocalStorage({ namespace: 'selvage' })
const plugins = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN]

/** GraphiQL with our bar above it. */
export function Console({ settings }) {
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      storage={storage}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery={settings.operations[0]?.query ?? '{\n  __typename\n}\n'}
      shouldPersistHeaders={false}
      inputValueDeprecation
      schemaDescription
    >
      <HistoryStore>
        <DocExplorerStore>
          <div className="graphiql-container console">
            <Bar settings={settings} />
            <GraphiQLInterface showPersistHeadersSettings={false}>
              <GraphiQL.Logo>{null}</GraphiQL.Logo>
            </GraphiQLInterface>
          </div>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  )
}

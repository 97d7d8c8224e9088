import { ChevronDownIcon, DropdownMenu, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { getOperationAST, parse } from 'graphql'

/** The operations that the gateway has published for itself; each opens in a tab of its own. */
export function Operations({ operations }) {
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'))
  const { addTab, setOperationFacts, updateActiveTabValues } = useGraphiQLActions()

  function open({ name, query }) {
    const documentAST = parse(query)
    addTab()
    queryEditor.setValue(query)
    variableEditor.setValue(blanksOf(getOperationAST(documentAST, name)))
    // GraphiQL works these out a moment later; whoever presses Play before that should not send the last tab's name.
    setOperationFacts({ documentAST, operationName: name, operations: documentAST.definitions.filter(isOperation) })
    updateActiveTabValues({ query, operationName: name })
  }

  return (
    <DropdownMenu>
      <DropdownMenu.Button className="operations" disabled={!queryEditor || !variableEditor}>
        Operations
        <ChevronDownIcon aria-hidden="true" />
      </DropdownMenu.Button>
      <DropdownMenu.Content className="operations-menu" align="end">
        {operations.map((operation) => (
          <DropdownMenu.Item key={operation.name} onSelect={() => open(operation)}>
            {operation.name} <small>{kindOf(operation)}</small>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}

function isOperation({ kind }) {
  return kind === 'OperationDefinition'
}

function kindOf({ name, query }) {
  return getOperationAST(parse(query), name)?.operation
}

/** The variables that must be filled in. */
function blanksOf({ variableDefinitions }) {
  const required = variableDefinitions.filter(({ type, defaultValue }) => type.kind === 'NonNullType' && !defaultValue)
  const blanks = Object.fromEntries(required.map(({ variable }) => [variable.name.value, null]))
  return required.length > 0 ? JSON.stringify(blanks, null, 2) : ''
}

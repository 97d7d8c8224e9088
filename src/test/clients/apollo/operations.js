import { gql } from '@apollo/client'

const CARD = gql`
  fragment FabricCard on Fabric {
    id
    name
    price {
      amount
    }
  }
`

export const offerFabric = gql`
  mutation OfferFabric($input: CreateFabricInput!) {
    createFabric(input: $input) {
      fabric {
        ...FabricCard
      }
      userErrors {
        message
      }
    }
  }
  ${CARD}
`

export const browseCategory = gql`
  query BrowseCategory($category: String!) {
    fabrics(first: 5, filter: { category: $category }) {
      nodes {
        ...FabricCard
      }
    }
  }
  ${CARD}
`

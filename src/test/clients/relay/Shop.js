// Read by Relay's compiler only: what runs are the artifacts that it makes of these.
import { graphql } from 'relay-runtime'

graphql`
  fragment Shop_card on Fabric {
    id
    name
    price {
      amount
    }
  }
`

graphql`
  mutation ShopOfferMutation($input: CreateFabricInput!) {
    createFabric(input: $input) {
      fabric {
        ...Shop_card @relay(mask: false)
      }
      userErrors {
        message
      }
    }
  }
`

graphql`
  query ShopBrowseQuery($category: String!) {
    fabrics(first: 5, filter: { category: $category }) {
      nodes {
        ...Shop_card @relay(mask: false)
      }
    }
  }
`

// Rows as records in the shape of the schema, so that the servers' default resolvers serve them.

const globalId = (type, key) => Buffer.from(`${type}:${key}`, 'latin1').toString('base64url')
const money = amount => ({ amount, currency: 'USD' })

/** Mercurius tells records apart by their JSON, which is the dearest thing it does unless they make it short. */
class Record {
    constructor(type, key) {
        this.key = key
        this.id = globalId(type, key)
    }

    toJSON() {
        return this.id
    }
}

export class Item extends Record {
    __typename = 'InventoryItem'

    constructor(row) {
        super('InventoryItem', row.id)
        this.eventKey = row.event_id
        this.consignorKey = row.consignor_id
        this.name = row.name
        this.description = row.description
        this.category = row.category
        this.size = row.size
        this.price = money(row.price)
        this.availableQuantity = row.status === 'approved' ? 1 : 0
        this.condition = row.condition.toUpperCase()
        this.status = row.status.toUpperCase()
        this.createdAt = row.created_at
    }
}

export class Fabric extends Record {
    __typename = 'Fabric'

    constructor(row) {
        super('Fabric', row.id)
        this.name = row.name
        this.description = row.description
        this.category = row.category
        this.price = money(row.price)
        this.stockQuantity = row.stock_quantity
    }
}

export class Event extends Record {
    constructor(row) {
        super('Event', row.id)
        this.name = row.name
        this.location = row.location
        this.sale = { start: row.start_date, end: row.end_date }
    }
}

export class Consignor extends Record {
    constructor(row) {
        super('Consignor', row.id)
        this.userKey = row.user_id
        this.number = row.number
        this.name = row.name
    }
}

export class User extends Record {
    constructor(row) {
        super('User', row.id)
        this.name = row.name
        this.email = row.email
    }
}

export class Order extends Record {
    constructor(row) {
        super('Order', row.id)
        this.totalAmount = money(row.total_amount)
        this.status = row.status.toUpperCase()
        this.createdAt = row.created_at
        this.lines = row.items.map(line => new OrderLine(line))
    }
}

class OrderLine {
    constructor(line) {
        this.name = line.name
        this.quantity = line.quantity
        this.unitPrice = money(line.unit_price.toFixed(2))
        this.kind = line.kind
        this.subjectKey = line.kind === 'fabric' ? line.fabric_id : String(line.inventory_item_id)
    }

    toJSON() {
        return this.subjectKey
    }
}

import Foundation

struct Item {
    let name: String
    var price: Int
}

final class Basket {
    private var items: [Item] = []
    let limit = 100

    func add(_ name: String, price: Int) -> Basket {
        let item = Item(name: name, price: max(0, price))
        items.append(item)
        return self
    }

    func total() -> Int {
        var sum = 0
        for item in items {
            sum += item.price
        }
        return min(sum, limit)
    }
}

let basket = Basket().add("tea", price: 3).add("milk", price: 2)
if basket.total() > 4 {
    print("much: \(basket.total())")
}

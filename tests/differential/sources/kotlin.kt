package shop

import kotlin.math.max

data class Item(val name: String, var price: Int = 0)

class Basket(private val items: MutableList<Item> = mutableListOf()) {
    val size: Int get() = items.size

    fun add(name: String, price: Int): Basket {
        items.add(Item(name, max(0, price)))
        return this
    }

    fun total(): Int {
        var sum = 0
        for (item in items) {
            sum += item.price
        }
        return sum
    }

    fun cheapest(): Item? = items.minByOrNull { it.price }
}

fun main() {
    val basket = Basket().add("tea", 3).add("milk", 2)
    val text = if (basket.size > 1) "many" else "few"
    println("$text: ${basket.total()}")
    basket.cheapest()?.let { println(it.name) }
}

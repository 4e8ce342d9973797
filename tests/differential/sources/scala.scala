package shop

import scala.collection.mutable

case class Item(name: String, price: Int)

class Basket {
  private val items = mutable.ListBuffer.empty[Item]
  var touched = false

  def add(name: String, price: Int): Basket = {
    val item = Item(name, math.max(0, price))
    items += item
    touched = true
    this
  }

  def total: Int = items.map(_.price).sum

  def describe(limit: Int): String = {
    val lines = for (i <- items if i.price < limit) yield s"${i.name}: ${i.price}"
    val text = lines.mkString("\n")
    if (text.isEmpty) "nothing" else text
  }
}

object Main {
  def main(args: Array[String]): Unit = {
    val basket = new Basket().add("tea", 3).add("milk", 2)
    println(basket.describe(10))
    args.foreach(println)
  }
}
